"""Layers that the module makes, beside those that are there already."""

import re
from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Place, Text, Texts
from tfgen.schema.section import Section

# lambda.PublishLayerVersion; a layer's ARN, which it takes as well, would be another account's.
_LAYER_NAME = b.text(1, 140, r"^[a-zA-Z0-9_-]+$", "letters, digits, - and _")
_COMPATIBLE_RUNTIMES = b.texts(b.RUNTIME, 1, 15)
_COMPATIBLE_ARCHITECTURES = b.texts(b.choice("x86_64", "arm64"), 1, 2)
_LICENSE_INFO = b.text(0, 512)


class Layer(Section):
    """A layer that the module makes, for this function first of all."""

    name: Annotated[str | None, Place(b.TRIGGER_NAME)] = Field(
        None, description="Label of its resource; made of `layer_name` if not given"
    )
    layer_name: Annotated[Text | None, Place(_LAYER_NAME)] = Field(
        None, description="Name of the layer in AWS; made of function name and `name` if not given"
    )
    filename: Annotated[Text | None, Place(b.FILENAME)] = Field(
        None, description="Path to the layer's content (ZIP)"
    )
    s3_bucket: Annotated[Text | None, Place(b.S3_BUCKET)] = Field(
        None, description="S3 bucket containing the layer's content"
    )
    s3_key: Annotated[Text | None, Place(b.S3_KEY)] = Field(None, description="S3 key of the content")
    s3_object_version: Annotated[Text | None, Place(b.S3_OBJECT_VERSION)] = Field(
        None, description="S3 object version to use"
    )
    source_code_hash: Annotated[Text | None, Place(b.SOURCE_CODE_HASH)] = Field(
        None,
        description="Makes a new version when it changes; the hash of a local ZIP if not given, "
        "while new content under the same S3 key is not seen without it",
    )
    compatible_runtimes: Annotated[Texts | None, Place(_COMPATIBLE_RUNTIMES)] = Field(
        None, description="Runtimes that the layer is for"
    )
    compatible_architectures: Annotated[Texts | None, Place(_COMPATIBLE_ARCHITECTURES)] = Field(
        None, description="Instruction set architectures that the layer is for"
    )
    description: Annotated[Text | None, Place(b.DESCRIPTION)] = Field(None, description="What it holds")
    license_info: Annotated[Text | None, Place(_LICENSE_INFO)] = Field(
        None, description="Its licence: an SPDX identifier, an address, or the text"
    )
    skip_destroy: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None,
        description="Whether old versions stay in AWS when the layer changes or the module is destroyed; "
        "versions of functions keep the layers they were published with either way",
    )

    @property
    def label(self) -> str:
        """What its resource is labelled; empty where the spec says nothing that could be made a label."""
        if self.name or not isinstance(self.layer_name, str):
            return self.name or ""
        label = re.sub("[^a-z0-9]+", "_", self.layer_name.lower()).strip("_")
        return label if label[:1].isalpha() else f"layer_{label}".rstrip("_")
