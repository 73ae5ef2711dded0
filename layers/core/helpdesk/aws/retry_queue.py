"""Messages that come again, each time after a longer while."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FIRST_SECONDS = 30
_MOST_SECONDS = 3600


@dataclass(frozen=True)
class RetryQueue:
    """A queue, and the SQS client that reaches it."""

    client: Any
    url: str

    def put_off(self, record: Mapping[str, Any]) -> None:
        """Hide a message that a function got, for twice as long as the last time: 30 seconds, a minute, two …

        See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
        """
        received = int(record["attributes"]["ApproximateReceiveCount"])
        self.client.change_message_visibility(
            QueueUrl=self.url, ReceiptHandle=record["receiptHandle"], VisibilityTimeout=delay_seconds(received)
        )


def delay_seconds(received: int) -> int:
    """How long a message waits that was received so many times."""
    return int(min(_FIRST_SECONDS * 2 ** (received - 1), _MOST_SECONDS))
