"""Events of API Gateway as handlers get them, and what Lambda tells of an invocation."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from tests.support.environment import REGION


def context() -> SimpleNamespace:
    """What Lambda tells a handler of its invocation."""
    return SimpleNamespace(
        function_name="function",
        memory_limit_in_mb=1024,
        invoked_function_arn=f"arn:aws:lambda:{REGION}:123456789012:function:function",
        aws_request_id="request",
    )


def public_event(
    method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: str | None
) -> dict[str, Any]:
    """An HTTP API event, payload 2.0."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": f"/api/v1{path}",
        "rawQueryString": "",
        "headers": dict(headers),
        "queryStringParameters": dict(query),
        "requestContext": {
            "accountId": "123456789012",
            "domainName": "desk.example",
            "http": {"method": method, "path": f"/api/v1{path}", "sourceIp": "198.51.100.7"},
            "requestId": "request",
            "stage": "$default",
        },
        "body": body,
        "isBase64Encoded": False,
    }


def internal_event(
    method: str, path: str, headers: Mapping[str, str], query: Mapping[str, str], body: str | None
) -> dict[str, Any]:
    """A REST API event."""
    return {
        "resource": "/{proxy+}",
        "path": f"/internal/v1{path}",
        "httpMethod": method,
        "headers": dict(headers),
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": dict(query),
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
        "requestContext": {
            "accountId": "123456789012",
            "domainName": "desk.internal",
            "identity": {"sourceIp": "198.51.100.8"},
            "requestId": "request",
            "stage": "prod",
        },
        "body": body,
        "isBase64Encoded": False,
    }
