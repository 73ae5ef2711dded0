"""Make a restored table what the stack's own is: ``python -m operations.prepare_restored STACK TABLE NAME``
(`make prepare-restored`).

A restored table has the items, keys and indexes. Its stream, time to live, backups and protection it has not: they are
set here as the stack's own table has them. Doing it twice changes nothing.
"""

import argparse
import sys
from typing import Any

import boto3

from operations.stack import outputs

_SHAPE = ("KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes")


def main() -> None:
    """Prepare it, and say what to do next."""
    parser = argparse.ArgumentParser(description="Make a restored table what the stack's own is.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("table", choices=("AccountsTable", "SessionsTable", "DeskTable"))
    parser.add_argument("name", help="name of the restored table")
    options = parser.parse_args()
    prepare(boto3.client("dynamodb"), outputs(options.stack)[options.table], options.name)
    print(f"{options.name} is ready. Name it in restored.toml, and deploy.")


def prepare(dynamodb: Any, own: str, restored: str) -> None:
    """Give the restored table what the stack's own has and a restored one lacks; ends where they differ in keys."""
    wanted = dynamodb.describe_table(TableName=own)["Table"]
    present = dynamodb.describe_table(TableName=restored)["Table"]
    if [_shape(wanted, part) for part in _SHAPE] != [_shape(present, part) for part in _SHAPE]:
        sys.exit(f"{restored} has other keys or indexes than {own}.")
    if "StreamSpecification" in wanted and not present.get("StreamSpecification", {}).get("StreamEnabled"):
        _update(dynamodb, restored, StreamSpecification=wanted["StreamSpecification"])
    if wanted.get("DeletionProtectionEnabled"):
        _update(dynamodb, restored, DeletionProtectionEnabled=True)
    _let_things_end(dynamodb, restored)
    recovery = {"PointInTimeRecoveryEnabled": True}
    dynamodb.update_continuous_backups(TableName=restored, PointInTimeRecoverySpecification=recovery)


def _shape(table: dict[str, Any], part: str) -> list[str]:
    """Keys, and indexes by name with theirs; their order is of no account."""
    return sorted(f"{entry.get('IndexName', '')} {entry.get('KeySchema', entry)}" for entry in table.get(part, []))


def _update(dynamodb: Any, table: str, **change: Any) -> None:
    """One change, and the wait until DynamoDB takes the next."""
    dynamodb.update_table(TableName=table, **change)
    dynamodb.get_waiter("table_exists").wait(TableName=table)


def _let_things_end(dynamodb: Any, table: str) -> None:
    status = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
    if status not in ("ENABLED", "ENABLING"):
        ends = {"AttributeName": "expires_at", "Enabled": True}
        dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=ends)


if __name__ == "__main__":
    main()
