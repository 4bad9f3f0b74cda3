"""Secrets and parameters that the function reads at run time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import SchemaValidator, core_schema

from tfgen.schema import bounds as b
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Place, Text, fail, nearest, show
from tfgen.schema.section import Section

# The beginning of an environment variable's name: capitals, so that `extension` is none.
NAME = replace(
    b.text(1, None, r"^[A-Z][A-Z0-9_]*$", "capital letters, digits and _, starting with a letter"),
    static=True,
)
# ssm.GetParameter. Parameters that AWS publishes have no account; a name has 1011 characters with its ARN.
PARAMETER_ARN = b.text(
    20,
    1011,
    b.ARN + f"ssm:{b.REGION}:" + r"([0-9]{12})?:parameter/[a-zA-Z0-9_.-][a-zA-Z0-9_./-]*$",
    "the ARN of a parameter, arn:aws:ssm:REGION:ACCOUNT:parameter/NAME",
)

#: What the environment variables of each section end with.
ENDS = {"secrets": "_SECRET_ARN", "parameters": "_PARAMETER_ARN"}

#: What stands beside the names: whether the function gets the extension's layer.
EXTENSION = "extension"
_ADDED = "the layer of the AWS Parameters and Secrets Lambda Extension is added"


class Secret(Section):
    """A secret of Secrets Manager that the function reads."""

    secret_arn: Annotated[Text, Place(b.SECRET_ARN)] = Field(description="ARN of the secret")
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secret, if it is one of yours"
    )


class Parameter(Section):
    """A parameter of Systems Manager that the function reads."""

    parameter_arn: Annotated[Text, Place(PARAMETER_ARN)] = Field(description="ARN of the parameter")
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the parameter, if it is one of yours"
    )


#: By name, and beside the names whether the function gets the extension.
Secrets = Mapping[str, Secret | bool]
Parameters = Mapping[str, Parameter | bool]


def entries(section: Secrets | Parameters) -> dict[str, Secret | Parameter]:
    """What a section names, by its names."""
    return {name: entry for name, entry in section.items() if not isinstance(entry, bool)}


def has_extension(section: Secrets | Parameters) -> bool:
    """Whether a section asks for the extension."""
    return section.get(EXTENSION) is True


@dataclass(frozen=True, slots=True)
class EntriesPlace:
    """Makes a field hold entries of `model` by names, each written as a mapping or as its `key` alone."""

    model: type[Section]
    key: str
    bounds: Bounds

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        arn = SchemaValidator(Place(self.bounds).__get_pydantic_core_schema__(str, None))

        def one(named: tuple[str, object]) -> object:
            name, value = named
            if name == EXTENSION or (isinstance(value, bool) and not _is_name(name)):
                return value if isinstance(value, bool) else self._refuse_flag(value)
            if isinstance(value, str):
                return self.model.model_construct({self.key}, **{self.key: arn.validate_python(value)})
            if isinstance(value, dict):
                return self.model.model_validate(value)
            hint = (
                f"write {self.bounds.form}, or a mapping with the keys {', '.join(self.model.model_fields)}"
            )
            return fail("TFG103", f"is {show(value)}, neither an ARN nor a mapping", hint)

        def every(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
            if not isinstance(value, dict):
                hint = "write a mapping of names to ARNs: `{NAME: ARN}`"
                fail("TFG103", f"is {show(value)}, not a mapping", hint)
            return handler({name: (name, entry) for name, entry in value.items()})

        plain = core_schema.no_info_plain_validator_function
        return core_schema.no_info_wrap_validator_function(
            every, core_schema.dict_schema(plain(_key), plain(one))
        )

    @staticmethod
    def _refuse_flag(value: object) -> None:
        fail("TFG103", f"is {show(value)}, not true or false", f"write `{EXTENSION}: true`")

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from tfgen.schema.json_schema import json_schema  # here, for a run that reads specs has no use for it

        self.model.model_rebuild()  # its building was put off
        entry = handler(self.model.__pydantic_core_schema__)
        return {
            "type": "object",
            "propertyNames": {"anyOf": [json_schema(NAME), {"const": EXTENSION}]},
            "properties": {EXTENSION: {"type": "boolean", "description": f"Whether {_ADDED}."}},
            "additionalProperties": {"anyOf": [json_schema(self.bounds), entry]},
        }


def _is_name(key: str) -> bool:
    return NAME.regex is not None and NAME.regex.match(key) is not None


def _key(key: str) -> str:
    if key == EXTENSION or _is_name(key):
        return key
    hint = f"it must be {NAME.form}"
    if nearest(key, [EXTENSION]):
        hint = f"did you mean `{EXTENSION}`?"
    elif _is_name(key.upper()):
        hint = f"write `{key.upper()}`: {hint}"
    return fail("TFG203", "does not have the right form", hint)


#: What the spec's keys hold.
SECRETS = Annotated[Secrets, EntriesPlace(Secret, "secret_arn", b.SECRET_ARN)]
PARAMETERS = Annotated[Parameters, EntriesPlace(Parameter, "parameter_arn", PARAMETER_ARN)]
