"""The way of one-time codes to the SMS sender: straight to its queue, since a code is never an event."""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from helpdesk.model.codes import CodeMessage


@dataclass(frozen=True)
class CodeQueue:
    """The sms queue, and the SQS client that reaches it."""

    client: Any
    url: str

    def send(self, message: CodeMessage) -> None:
        """Hand a message over; its body has the shape of the events there, with a kind of its own."""
        self.client.send_message(QueueUrl=self.url, MessageBody=json.dumps(_body(message), ensure_ascii=False))


def _body(message: CodeMessage) -> dict[str, Any]:
    return {
        "kind": "code",
        "id": message.id,
        "phone": message.phone,
        "code": message.code,
        "purpose": message.purpose,
        "expires_at": message.expires_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "deliver": message.deliver,
        "language": message.language,
    }
