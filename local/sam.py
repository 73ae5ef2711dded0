"""`sam local` for the built template, with the data services of a local stack.

Its containers run the functions of `.aws-sam/build`. What they read and write is the local stack's: each gets the
variables that the same function has there, so tables, buckets, queues and keys are the same. Everything behind the
APIs (relay, senders, checks, schedules) runs in the local stack itself.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from local.deploy import STACK
from local.emulator import REGION, free_port
from local.engine import MeetingPlace
from local.paths import ROOT, STATE
from local.stack import LocalStack
from local.stack_file import is_alive

SAM = ROOT / ".venv-sam" / "bin" / "sam"
INHERITED = ("PATH", "HOME", "DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")


class Services:
    """The files by which `sam` finds a local stack: in the stack's state folder, for as long as it runs."""

    def __init__(self, state_dir: Path) -> None:
        self.variables = state_dir / "variables.json"
        self._stack_json = state_dir / "stack.json"

    @classmethod
    def of(cls, stack: LocalStack, place: MeetingPlace) -> Self:
        """Write down what the functions of this stack are told, for containers."""
        services = cls(stack.state_dir)
        services.variables.write_text(json.dumps(_variables(stack, place), indent=2), encoding="utf-8")
        return services

    def are_running(self) -> bool:
        """Whether `make sam-local` has them up."""
        return self.variables.exists() and self._stack_json.exists() and is_alive(self._stack_json)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.variables.unlink(missing_ok=True)

    def command(self, *arguments: str | Path) -> list[str | Path]:
        """`sam local …`, to be run in ROOT, where it finds what is built and samconfig.toml."""
        return [SAM, "local", *arguments, "--config-env", "local", "--env-vars", self.variables]


def start_services(state_dir: Path, place: MeetingPlace, origin: str) -> LocalStack:
    """A local stack whose data services containers can reach, and nobody else."""
    return LocalStack.start(free_port(place.host), state_dir, host=place.host, origin=origin)


def environment() -> Mapping[str, str]:
    """For `sam`. The containers' credentials come from here; the region too, which makes `sam` ask nobody."""
    home = STATE / "sam"
    home.mkdir(parents=True, exist_ok=True)
    return {
        **{name: os.environ[name] for name in INHERITED if name in os.environ},
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "SAM_CLI_TELEMETRY": "0",
        "SAM_LAYER_CACHE_BASEDIR": str(home / "layers"),
        "__SAM_CLI_APP_DIR": str(home),
        "PYTHONUNBUFFERED": "1",
    }


def _variables(stack: LocalStack, place: MeetingPlace) -> dict[str, dict[str, str]]:
    """By logical id: what CloudFormation gave each function of the local stack, as a container must see it."""
    resources = stack.cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    return {
        resource["LogicalResourceId"]: _of_function(stack, resource["PhysicalResourceId"])
        | {"AWS_ENDPOINT_URL": f"http://{place.name}:{stack.port}", "SITE_ROOT": "/opt/site", "LOCAL_OUTBOX": ""}
        for resource in resources
        if resource["ResourceType"] == "AWS::Lambda::Function"
    }


def _of_function(stack: LocalStack, name: str) -> dict[str, str]:
    return stack.cloud.functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
