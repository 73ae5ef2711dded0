"""What IAM refused the functions of a local stack: a role that lacks a permission hides behind a retry or a 500."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from local.stack import LocalStack

REFUSAL = "AccessDenied"


def denials(stack: "LocalStack") -> list[str]:
    """Return the lines of the functions' logs, and of the emulator's own, that speak of a refusal."""
    return [line[:600] for line in _lines(stack) if REFUSAL in line]


def _lines(stack: "LocalStack") -> Iterator[str]:
    yield from stack.emulator.log.read_text(encoding="utf-8", errors="replace").splitlines()
    yield from logged(stack)


def logged(stack: "LocalStack") -> Iterator[str]:
    """Everything that the functions and the APIs have logged."""
    for group in stack.cloud.logs.describe_log_groups()["logGroups"]:
        for event in stack.cloud.logs.filter_log_events(logGroupName=group["logGroupName"])["events"]:
            yield event["message"]
