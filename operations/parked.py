"""List what is parked: ``python -m operations.parked STACK`` (`make parked`).

A line for each: since when, where it stands, and why. Parked are events that can never be published, and deliveries
of which nobody knows whether they went out, or which the provider will never take.
"""

import argparse
from collections.abc import Iterator
from typing import Any

import boto3

from helpdesk.store import keys
from helpdesk.store.codec import Item
from operations.stack import outputs


def main() -> None:
    """Print one line for each parked item, oldest first."""
    parser = argparse.ArgumentParser(description="List what is parked.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    lines = [line(item) for item in parked(outputs(parser.parse_args().stack)["DeskTable"])]
    print("\n".join(lines) or "nothing is parked")


def parked(table: str) -> Iterator[Item]:
    """Every parked item, oldest first."""
    client: Any = boto3.client("dynamodb")  # its stubs do not give plain dictionaries
    for page in client.get_paginator("query").paginate(
        TableName=table,
        IndexName="gsi5",
        KeyConditionExpression="gsi5pk = :parked",
        ExpressionAttributeValues={":parked": {"S": keys.parked()}},
    ):
        yield from page["Items"]


def line(item: Item) -> str:
    """Since when, pk, sk and why; never a text or a phone number."""
    reason = item.get("parked_reason") or item.get("reason") or item.get("state") or {"S": "?"}
    since = item["gsi5sk"]["S"].partition("#")[0]
    return "  ".join([since, item["pk"]["S"], item["sk"]["S"], reason["S"]])


if __name__ == "__main__":
    main()
