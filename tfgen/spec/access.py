"""Who may call the function by URL, and whose code it runs."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section

# lambda.CreateFunctionUrlConfig
AUTHORIZATION_TYPE = b.Bounds(choices=("AWS_IAM", "NONE"), static=True)
INVOKE_MODE = b.choice("BUFFERED", "RESPONSE_STREAM")
ORIGINS = b.texts(
    b.text(1, 253, r"^(\*|[a-z][a-z0-9+.-]*://[^/ \t\n\r]+)$", "* or an origin such as https://shop.example"),
    1,
    100,
)
# AWS::Lambda::Url: Lambda answers OPTIONS itself, and takes no mention of it.
METHODS = b.texts(b.choice("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "*"), 1, 6)
HEADERS = b.texts(b.text(1, 1024, r"^[!-~]+$", "* or the name of a header"), 1, 100)
MAX_AGE = b.number(0, 86400, "seconds")
# lambda.AddPermission, without what is a service or anybody. Each has a permission of its own, so that the
# list must be known.
PRINCIPALS = replace(
    b.texts(
        b.text(
            1,
            2048,
            r"^([0-9]{12}|arn:" + b.PARTITION + r":(iam|sts)::[0-9]{12}:[!-~]+)$",
            "an account's number, or the ARN of a role or user",
        ),
        1,
        50,
    ),
    static=True,
)

# lambda.CreateCodeSigningConfig; the ARN as signer.GetSigningProfile gives it.
SIGNING_PROFILE_VERSION_ARNS = b.texts(
    b.text(
        1,
        None,
        b.ARN + "signer" + b.PLACE + r"/signing-profiles/[a-zA-Z0-9_]{2,64}/[a-zA-Z0-9]{10}$",
        "the ARN of a profile's version, arn:aws:signer:REGION:ACCOUNT:/signing-profiles/NAME/VERSION",
    ),
    1,
    20,
)
UNTRUSTED_ARTIFACT_ON_DEPLOYMENT = b.choice("Enforce", "Warn")


class Cors(Section):
    """Which pages of other origins may call the URL from a browser."""

    allow_origins: Annotated[Texts, Place(ORIGINS)] = Field(description="Origins that may; * for all of them")
    allow_methods: Annotated[Texts | None, Place(METHODS)] = Field(
        None, description="Methods that they may use; OPTIONS is answered by Lambda"
    )
    allow_headers: Annotated[Texts | None, Place(HEADERS)] = Field(
        None, description="Headers that they may send"
    )
    expose_headers: Annotated[Texts | None, Place(HEADERS)] = Field(
        None, description="Headers of the answer that they may read"
    )
    allow_credentials: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether they may send cookies and the like; not with all origins"
    )
    max_age: Annotated[Number | None, Place(MAX_AGE)] = Field(
        None, description="Seconds that a browser keeps these answers"
    )


class FunctionUrl(Section):
    """The function's own URL; that of its alias, if it has one."""

    authorization_type: Annotated[str, Place(AUTHORIZATION_TYPE)] = Field(
        "AWS_IAM", description="AWS_IAM (the default): callers sign their requests; NONE: nobody need say who"
    )
    public: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether anybody may call it; NONE is written only with it"
    )
    principals: Annotated[Texts, Place(PRINCIPALS)] = Field(
        (),
        description="Accounts, roles and users that may call it; without any, those of the account whose own "
        "policies allow it",
    )
    cors: Cors | None = Field(None, description="Which pages of other origins may call it from a browser")
    invoke_mode: Annotated[Text | None, Place(INVOKE_MODE)] = Field(
        None, description="BUFFERED: the answer comes as a whole; RESPONSE_STREAM: as the function writes it"
    )


class CodeSigning(Section):
    """Whose code the function takes."""

    signing_profile_version_arns: Annotated[Texts, Place(SIGNING_PROFILE_VERSION_ARNS)] = Field(
        description="ARNs of versions of AWS Signer's profiles, by one of which the package must be signed"
    )
    untrusted_artifact_on_deployment: Annotated[Text, Place(UNTRUSTED_ARTIFACT_ON_DEPLOYMENT)] = Field(
        "Enforce", description="Enforce (the default): other code is refused; Warn: it is only logged"
    )
    description: Annotated[Text | None, Place(b.DESCRIPTION)] = Field(None, description="What it is for")
