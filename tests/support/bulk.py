"""Many items into a table of DynamoDB Local: without botocore, which takes longer for them than the engine."""

import json
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import batched
from urllib.parse import urlsplit

from helpdesk.store.codec import Item
from tests.support.environment import REGION

MOST = 25  # what one BatchWriteItem takes
HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.BatchWriteItem",
    # the engine looks at nothing but the account and the region, which are a part of the table's name to it
    "Authorization": f"AWS4-HMAC-SHA256 Credential=test/20261123/{REGION}/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=none",
}


def fill(address: str, table: str, items: Sequence[Item]) -> None:
    """Put all of the items."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for batch in batched(items, MOST, strict=False):
        body = json.dumps({"RequestItems": {table: [{"PutRequest": {"Item": item}} for item in batch]}})
        connection.request("POST", "/", body, HEADERS)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        assert not json.loads(text)["UnprocessedItems"]
    connection.close()
