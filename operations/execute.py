"""Execute the change set that was shown last: ``python -m operations.execute ENV`` (`make execute`)."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

import boto3

from operations.parameters import Target, protect

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

LOOK_SECONDS = 5.0
DONE = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


def main() -> None:
    """Wait until the stack is as the change set says, traffic shift included, or back where it was."""
    parser = argparse.ArgumentParser(prog="make execute", description=__doc__)
    parser.add_argument("environment", choices=("dev", "staging", "prod"))
    options = parser.parse_args()
    stack = Target.of(options.environment).stack
    ended = execute(boto3.client("cloudformation"), stack, LOOK_SECONDS)
    print(f"{stack}: {ended}")
    if options.environment == "prod" and ended in DONE:
        protect(stack)
    sys.exit(ended not in DONE)


def execute(cloudformation: "CloudFormationClient", stack: str, pause: float) -> str:
    """The state in which the stack ended; the program ends where nothing waits to be executed."""
    shown = cloudformation.list_change_sets(StackName=stack)["Summaries"]
    waiting = [it for it in shown if it["ExecutionStatus"] == "AVAILABLE"]
    if not waiting:
        sys.exit(f"No change set of {stack} waits to be executed.")
    newest = max(waiting, key=lambda it: it["CreationTime"])
    cloudformation.execute_change_set(StackName=stack, ChangeSetName=newest["ChangeSetName"])
    while True:
        time.sleep(pause)
        state = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
        if not state.endswith("IN_PROGRESS"):
            return state


if __name__ == "__main__":
    main()
