"""What a deployed stack is made of, by its outputs."""

import json
import os
from pathlib import Path
from typing import Any

import boto3

from helpdesk.store.table import Table

LOCAL = "poshtiban-local"
_LOCAL_FILE = Path(__file__).parent.parent / ".local" / "stack.json"


def outputs(stack: str) -> dict[str, str]:
    """The outputs of a CloudFormation stack, by name; of the running local one, if it is asked for."""
    if stack == LOCAL and _LOCAL_FILE.exists() and not os.environ.get("AWS_ENDPOINT_URL"):
        _look_at_the_local_stack()
    found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def desk(stack: str) -> Table:
    """The desk table of a stack."""
    name = outputs(stack)["DeskTable"]
    client: Any = boto3.client("dynamodb")  # its stubs do not take plain dictionaries
    return Table(client, name)


def _look_at_the_local_stack() -> None:
    """The emulator takes these as the root's."""
    endpoint: str = json.loads(_LOCAL_FILE.read_text(encoding="utf-8"))["aws_endpoint"]
    os.environ |= {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
