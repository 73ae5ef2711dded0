"""The way of one-time codes to the senders: straight to their queues, since a code is never an event."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from helpdesk.model.codes import CodeMessage
from helpdesk.model.correlation import CORRELATION, correlation
from helpdesk.model.delivery import Channel


@dataclass(frozen=True)
class CodeQueue:
    """The queues by channel, and the SQS client that reaches them."""

    client: Any
    urls: Mapping[Channel, str]

    def send(self, message: CodeMessage) -> None:
        """Hand a message over; its body has the shape of the events there, with a kind of its own."""
        url = self.urls[message.purpose.channel]
        attributes = {CORRELATION: {"DataType": "String", "StringValue": correlation.id}} if correlation.id else {}
        body = json.dumps(_body(message), ensure_ascii=False)
        self.client.send_message(QueueUrl=url, MessageBody=body, MessageAttributes=attributes)


def _body(message: CodeMessage) -> dict[str, Any]:
    return {
        "kind": "code",
        "id": message.id,
        "to": message.to,
        "code": message.code,
        "purpose": message.purpose,
        "expires_at": message.expires_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "deliver": message.deliver,
        "language": message.language,
    }
