"""A function that makes boto3's DynamoDB client as the documentation shows it, and nothing else."""

import boto3

client = boto3.client("dynamodb")


def handler(event: object, context: object) -> None:
    """Answer nothing."""
