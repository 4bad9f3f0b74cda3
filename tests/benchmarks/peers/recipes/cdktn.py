"""CDK Terrain, the fork of the CDK for Terraform, in Python: a stack with all functions, by both of its
bindings for AWS: the prebuilt provider, and the newer one that loads the services that are used.
"""

from __future__ import annotations

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer, nothing


def _synthesize(call: Call) -> Line:
    # `cdktn synth` runs this line as well, and takes its own start beside.
    return [call.bin / "python", SOURCES / "with_cdktn.py", call.output, str(call.functions)]


PREBUILT = Peer(
    "cdktn",
    "CDK Terrain (prebuilt provider)",
    Form.TERRAFORM_JSON,
    "types, and that arguments are there",
    nothing,
    _synthesize,
    further=300,
    is_slow=True,
)
BY_SERVICE = PREBUILT._replace(key="cdktn_by_service", title="CDK Terrain (provider by service)")
