"""What Application Auto Scaling does to provisioned concurrency: by the load, and by the clock."""

from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text
from tfgen.schema.section import Section

# application-autoscaling.RegisterScalableTarget; its user guide's example for Lambda starts from 0.
_CAPACITY = b.number(0)
# Lambda's developer guide, "Managing provisioned concurrency with Application Auto Scaling".
_UTILIZATION = b.fraction(0.1, 0.9)
_COOLDOWN = b.number(0, None, "seconds")
# application-autoscaling.PutScheduledAction
_SCHEDULE = b.text(1, 1600)


class Autoscaling(Section):
    """Target tracking: as many as keep the share that is in use near a target."""

    min_capacity: Annotated[Number, Place(_CAPACITY)] = Field(description="Fewest that are kept ready")
    max_capacity: Annotated[Number, Place(_CAPACITY)] = Field(description="Most that are kept ready")
    target_value: Annotated[Number, Place(_UTILIZATION)] = Field(
        description="Share of them that should be in use, such as 0.7"
    )
    scale_in_cooldown: Annotated[Number | None, Place(_COOLDOWN)] = Field(
        None, description="Seconds after a change before their number may fall"
    )
    scale_out_cooldown: Annotated[Number | None, Place(_COOLDOWN)] = Field(
        None, description="Seconds after a rise before their number may rise again"
    )


class ScalingSchedule(Section):
    """A scheduled action: other limits from a time on."""

    name: Annotated[str, Place(b.TRIGGER_NAME)] = Field(description="Label of its resource")
    schedule: Annotated[Text, Place(_SCHEDULE)] = Field(
        description="When: cron(0 8 ? * MON-FRI *), rate(12 hours) or at(2030-01-31T08:00:00)"
    )
    timezone: Annotated[Text | None, Place(b.TIMEZONE)] = Field(
        None, description="Time zone of the schedule, such as Europe/Berlin; UTC if not given"
    )
    min_capacity: Annotated[Number | None, Place(_CAPACITY)] = Field(
        None, description="Fewest that are kept ready from then on; as before if not given"
    )
    max_capacity: Annotated[Number | None, Place(_CAPACITY)] = Field(
        None, description="Most that are kept ready from then on; as before if not given"
    )
    start_time: Annotated[Text | None, Place(b.MOMENT)] = Field(
        None, description="When the schedule begins, in UTC"
    )
    end_time: Annotated[Text | None, Place(b.MOMENT)] = Field(None, description="When it ends, in UTC")
