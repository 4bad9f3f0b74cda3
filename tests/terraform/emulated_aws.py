"""A program that serves moto, the emulated AWS, on a free loopback port, and prints its address.

moto drops some arguments of a function. What it drops is kept here and given back, so that a second plan
of a function that has them shows no change.
"""

from __future__ import annotations

import os
import sys
from typing import Any

os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # read when moto is imported

from moto.awslambda.models import LambdaFunction
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

_DROPPED = ("DeadLetterConfig", "LoggingConfig")


def keep_dropped_arguments() -> None:
    """Make moto's functions remember the arguments that moto has no place for."""
    create, describe = LambdaFunction.__init__, LambdaFunction.get_configuration

    def create_and_keep(self: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any) -> None:
        create(self, account_id, spec, *rest, **named)
        self.kept = {name: spec[name] for name in _DROPPED if spec.get(name)}

    def describe_with_kept(self: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        return {**describe(self, *rest, **named), **self.kept}

    LambdaFunction.__init__ = create_and_keep  # type: ignore[method-assign]
    LambdaFunction.get_configuration = describe_with_kept  # type: ignore[method-assign]


if __name__ == "__main__":
    keep_dropped_arguments()
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()  # until the one who started it goes away
