"""The least a handler can do for a request: read its body, make the DynamoDB calls with boto3, answer with JSON.

No session's end is checked, no field validated, nothing is sorted or left out, no error is met.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import boto3

type Call = tuple[str, Mapping[str, Any]]
type Handler = Callable[[Mapping[str, Any], object], dict[str, Any]]

client: Any = boto3.client("dynamodb")


def by_hand(calls: Sequence[Call]) -> Handler:
    """A handler that makes these calls, one after the other, and answers with what the last one found."""

    def handler(event: Mapping[str, Any], _: object) -> dict[str, Any]:
        body = json.loads(event.get("body") or "{}")
        answers = [getattr(client, operation)(**parameters) for operation, parameters in calls]
        found = [_plain(item) for item in answers[-1].get("Items", [])] or body
        return {
            "statusCode": 200,
            "headers": {"content-type": "application/json"},
            "body": json.dumps(found, ensure_ascii=False),
        }

    return handler


def _plain(item: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {name: _value(*attribute.items()) for name, attribute in item.items()}


def _value(pair: tuple[str, Any]) -> Any:
    kind, value = pair
    match kind:
        case "M":
            return _plain(value)
        case "L":
            return [_value(*member.items()) for member in value]
        case "N":
            return int(value)
    return value
