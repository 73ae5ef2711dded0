"""`make logs`: what the functions of the running stack have logged and go on logging."""

import contextlib
import json
import sys
import time
from collections.abc import Iterator

from botocore.exceptions import EndpointConnectionError

from local.cloud import Cloud
from local.deploy import STACK
from local.paths import STATE
from local.stack_file import StackFile

GROUPS = f"/aws/lambda/{STACK}/"
LAMBDAS_OWN = ("START ", "END ", "REPORT ")


def main() -> str | None:
    try:
        file = StackFile.read(STATE / "stack.json")
    except FileNotFoundError:
        return "No stack is running. Start one: make run"
    with contextlib.suppress(KeyboardInterrupt, EndpointConnectionError):  # until we or the stack are stopped
        host, port = file.address
        _follow(Cloud(port, host))
    return None


def _follow(cloud: Cloud) -> None:
    seen: set[str] = set()
    while True:
        for _, event_id, line in sorted(_events(cloud)):
            if event_id not in seen:
                print(line, flush=True)
                seen.add(event_id)
        time.sleep(1)


def _events(cloud: Cloud) -> Iterator[tuple[int, str, str]]:
    for group in cloud.logs.describe_log_groups(logGroupNamePrefix=GROUPS)["logGroups"]:
        name = group["logGroupName"]
        for event in cloud.logs.filter_log_events(logGroupName=name)["events"]:
            if not event["message"].startswith(LAMBDAS_OWN):
                yield event["timestamp"], event["eventId"], readable(name.removeprefix(GROUPS), event["message"])


def readable(function: str, message: str) -> str:
    """A line of a function, with a stack trace in lines of its own."""
    try:
        trace = json.loads(message).pop("exception", "")
    except (json.JSONDecodeError, AttributeError):
        trace = ""
    return f"{function:<20} {message.rstrip()}" + (f"\n{trace}" if trace else "")


if __name__ == "__main__":
    sys.exit(main())
