"""Count what DynamoDB sees: the emulator itself keeps a record of the calls it serves, as CloudTrail does.

    with dynamodb_requests(stack, "customer_tickets") as requests:
        client.get("/tickets")
    assert requests() == ["GetItem sessions", "Query desk"]

Nothing in the product takes part in it. Retries and calls that failed count; a call that IAM refused does not.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from local.emulator import HOST

if TYPE_CHECKING:
    from local.stack import LocalStack

MOST = 50  # the emulator lists no more at once


@contextmanager
def dynamodb_requests(stack: "LocalStack", function: str) -> Iterator[Callable[[], list[str]]]:
    """Yield a function that lists the requests `function` has sent since, oldest first, as "Operation table"."""
    _record(stack.port)
    key, began = _access_key(stack, function), datetime.now(UTC)
    before = set(_calls(stack, key, began))  # a start time counts whole seconds only

    def since() -> list[str]:
        return [text for event_id, text in _calls(stack, key, began).items() if event_id not in before]

    yield since


def _record(port: int) -> None:
    connection = HTTPConnection(HOST, port, timeout=5)
    body = json.dumps({"cloudtrail._recording_enabled": "true"})
    connection.request("POST", "/_ministack/config", body, {"Content-Type": "application/json"})
    connection.getresponse().read()
    connection.close()


def _access_key(stack: "LocalStack", function: str) -> str:
    """The emulator derives a function's credentials from its name and role, so each function's calls carry its own."""
    for it in stack.cloud.functions.list_functions(MaxItems=MOST)["Functions"]:
        if it["Handler"].startswith(f"{function}."):
            return "ASIA" + sha256(f"{it['FunctionArn']}:{it['Role']}".encode()).hexdigest()[:16].upper()
    raise LookupError(f"no function {function} is deployed")


def _calls(stack: "LocalStack", access_key: str, began: datetime) -> dict[str, str]:
    found = stack.cloud.cloudtrail.lookup_events(
        LookupAttributes=[{"AttributeKey": "AccessKeyId", "AttributeValue": access_key}],
        StartTime=began,
        MaxResults=MOST,
    )["Events"]
    if len(found) == MOST:
        raise OverflowError(f"over {MOST} calls: count fewer requests at once")
    tables = {name: key.removesuffix("Table").lower() for key, name in stack.outputs.items() if key.endswith("Table")}
    return {
        event["EventId"]: _text(event["EventName"], json.loads(event["CloudTrailEvent"])["requestParameters"], tables)
        for event in reversed(found)
        if event["EventSource"] == "dynamodb.amazonaws.com"
    }


def _text(operation: str, sent: dict[str, Any], tables: dict[str, str]) -> str:
    """`Query desk`, `TransactWriteItems accounts desk`: a transaction or a batch is one request, of several items."""
    parts = [part for item in sent.get("TransactItems", []) for part in item.values()]
    names = {part["TableName"] for part in parts or [sent] if "TableName" in part} | sent.get("RequestItems", {}).keys()
    return " ".join([operation, *sorted(tables[name] for name in names)])
