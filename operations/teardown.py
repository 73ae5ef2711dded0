"""Remove an environment with all its data: ``python -m operations.teardown ENV`` (`make teardown`); never prod.

Deleting a stack leaves its tables, files and two keys, as it should where they matter. Here they go too.
"""

import argparse
import sys
from collections.abc import Sequence

import boto3

from operations.parameters import Target, standing

TABLE, BUCKET, SECRET = "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"

type Kept = Sequence[tuple[str, str]]
"""Types and physical ids of what holds data."""


def main() -> None:
    """Ask for the stack's name, then remove it."""
    parser = argparse.ArgumentParser(prog="make teardown", description=__doc__)
    parser.add_argument("environment", choices=("dev", "staging"))
    parser.add_argument("--unasked", action="store_true", help="do not ask for the stack's name")
    options = parser.parse_args()
    stack = Target.of(options.environment).stack
    if not options.unasked and input(f"Everything in {stack} will be gone. Type its name: ").strip() != stack:
        sys.exit("Nothing was removed.")
    for type_, name in tear_down(stack):
        print(f"removed {type_} {name}")
    print(f"{stack} is gone")


def tear_down(stack: str) -> Kept:
    """Remove the stack and what it would leave; gives what held data.

    A stack that is protected, or was made for prod, ends the program before anything is touched.
    """
    parameters = standing(stack)
    if parameters is None:
        sys.exit(f"There is no stack {stack}.")
    if parameters.get("Stage") == "prod":
        sys.exit(f"{stack} is a production stack: it is not torn down from here.")
    cloudformation = boto3.client("cloudformation")
    if cloudformation.describe_stacks(StackName=stack)["Stacks"][0].get("EnableTerminationProtection"):
        sys.exit(f"{stack} is protected from deletion.")
    kept = holding_data(stack)
    for name in _names(kept, BUCKET):
        boto3.resource("s3").Bucket(name).object_versions.delete()
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
    _remove(kept)
    return kept


def holding_data(stack: str) -> Kept:
    """Tables, buckets and secrets of a stack."""
    pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    resources = [resource for page in pages for resource in page["StackResourceSummaries"]]
    return [
        (it["ResourceType"], it["PhysicalResourceId"])
        for it in resources
        if it["ResourceType"] in {TABLE, BUCKET, SECRET}
    ]


def _remove(kept: Kept) -> None:
    """What the stack has left of them."""
    dynamodb, s3, secrets = boto3.client("dynamodb"), boto3.client("s3"), boto3.client("secretsmanager")
    standing_tables = set(dynamodb.list_tables()["TableNames"])
    for name in _names(kept, TABLE):
        if name in standing_tables:
            dynamodb.delete_table(TableName=name)
    standing_buckets = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    for name in _names(kept, BUCKET):
        if name in standing_buckets:
            s3.delete_bucket(Bucket=name)
    for name in _names(kept, SECRET):
        secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)  # one that is gone is no error then


def _names(kept: Kept, type_: str) -> list[str]:
    return [name for kind, name in kept if kind == type_]


if __name__ == "__main__":
    main()
