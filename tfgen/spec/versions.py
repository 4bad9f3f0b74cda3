"""Keeping house: old versions, and the repository of images."""

from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text
from tfgen.schema.section import Section

KEEP = b.number(1)  # the newest version is Terraform's own
# ecr.CreateRepository
REPOSITORY_NAME = b.text(
    2,
    256,
    r"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$",
    "lower case letters and digits with ., -, _ and / between them",
)
IMAGE_TAG_MUTABILITY = b.choice("IMMUTABLE", "MUTABLE")
# The registry's own form of a tag, which is shorter than ECR's API model has it.
IMAGE_TAG = b.text(
    1, 128, r"^[a-zA-Z0-9_][a-zA-Z0-9._-]*$", "letters, digits, ., - and _, not starting with . or -"
)
UNTAGGED_DAYS = b.number(1, None, "days")
KEEP_IMAGES = b.number(1, None, "images")


class Versions(Section):
    """Which versions of the function stay."""

    keep: Annotated[Number, Place(KEEP)] = Field(
        description="How many of the newest versions stay, beside those that an alias, provisioned "
        "concurrency or a trigger of this spec needs"
    )
    schedule_expression: Annotated[Text, Place(b.SCHEDULE_EXPRESSION)] = Field(
        "rate(1 day)", description="When the others are removed: rate(1 day) or cron(0 3 * * ? *)"
    )
    timezone: Annotated[Text | None, Place(b.TIMEZONE)] = Field(
        None, description="Time zone of the expression, such as Europe/Berlin; UTC if not given"
    )


class LifecyclePolicy(Section):
    """Which images are removed from the repository."""

    untagged_days: Annotated[Number, Place(UNTAGGED_DAYS)] = Field(
        14, description="Days after which an image without a tag is removed"
    )
    keep_images: Annotated[Number | None, Place(KEEP_IMAGES)] = Field(
        None,
        description="How many of the newest tagged images stay; all of them if not given, since a version "
        "whose image is gone cannot run",
    )


class EcrRepository(Section):
    """The ECR repository of an image function."""

    name: Annotated[Text | None, Place(REPOSITORY_NAME)] = Field(
        None, description="Name of the repository; the function's in lower case if not given"
    )
    image_tag: Annotated[Text | None, Place(IMAGE_TAG)] = Field(
        None, description="Tag of the image that the function runs, in the place of `image_uri`"
    )
    image_tag_mutability: Annotated[Text, Place(IMAGE_TAG_MUTABILITY)] = Field(
        "IMMUTABLE", description="IMMUTABLE, so that a tag is one image for ever, or MUTABLE"
    )
    kms_key: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the images; AWS's own for ECR if not given"
    )
    force_delete: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the repository is destroyed with the images in it"
    )
    lifecycle_policy: LifecyclePolicy = Field(LifecyclePolicy(), description="Which images are removed")
