"""A function that makes boto3's DynamoDB client as the documentation shows it, and reads a session and a page."""

import json
from hashlib import sha256
from typing import Any

import boto3

client = boto3.client("dynamodb")


def handler(event: dict[str, Any], _: object) -> dict[str, Any]:
    """Answer with the caller's tickets."""
    token = event["headers"]["authorization"].removeprefix("Bearer ")
    key = {"pk": {"S": f"SESSION#{sha256(token.encode()).hexdigest()}"}}
    session = client.get_item(TableName="sessions", Key=key, ConsistentRead=True)["Item"]
    page = client.query(
        TableName="desk",
        IndexName="gsi1",
        KeyConditionExpression="gsi1pk = :customer",
        ExpressionAttributeValues={":customer": {"S": f"CUSTOMER#{session['account_id']['S']}"}},
        ScanIndexForward=False,
        Limit=20,
    )
    body = {"items": [{name: value["S"] for name, value in item.items()} for item in page["Items"]]}
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
