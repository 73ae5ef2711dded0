"""People who call handlers the way API Gateway does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpdesk.model.people import Kind, Session
from tests.support.http_events import context, internal_event, public_event


@dataclass
class Answer:
    """An HTTP answer."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass
class Client:
    """Calls a handler the way API Gateway does, with the bearer token of one person."""

    handler: Any
    kind: Kind
    session: Session | None = None
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __call__(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request; `body` is JSON, or text as it is."""
        sent = {"content-type": "application/json", **self.headers, **(headers or {})}
        if self.token:
            sent["authorization"] = f"Bearer {self.token}"
        if key:
            sent["idempotency-key"] = key
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        build = public_event if self.kind == Kind.CUSTOMER else internal_event
        response = self.handler(build(method, path, sent, query or {}, text), context())
        answered = response.get("headers") or {n: v[0] for n, v in response.get("multiValueHeaders", {}).items()}
        return Answer(response["statusCode"], json.loads(response["body"]) if response.get("body") else None, answered)
