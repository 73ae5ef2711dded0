"""The topic of the desk's events."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from helpdesk.model.correlation import CORRELATION
from helpdesk.model.event import Event
from helpdesk.model.queue_body import event_body

# What SNS says of a message that it will not take today nor tomorrow:
# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
_NEVER = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "ValidationException"})


class UnpublishableError(Exception):
    """SNS will never take this event."""


@dataclass(frozen=True)
class Topic:
    """The topic, and the SNS client that reaches it."""

    client: Any
    arn: str

    def publish(self, event: Event, correlation_id: str) -> None:
        """Hand the event to every channel whose filter asks for it.

        Args:
            correlation_id: for the receivers' logs; may be empty.

        Raises:
            UnpublishableError: it is not a message that SNS takes; any other error passes.
        """
        try:
            attributes = _attributes(event, correlation_id)
            self.client.publish(TopicArn=self.arn, Message=event_body(event), MessageAttributes=attributes)
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in _NEVER:
                raise UnpublishableError(code) from error
            raise


def _attributes(event: Event, correlation_id: str) -> dict[str, dict[str, str]]:
    """What the queues' filters look at, and the receivers' logs; SNS takes no empty ones."""
    attributes = {
        "event_type": event.type,
        "audience": event.audience,
        "topic": event.topic,
        "priority": event.priority,
        CORRELATION: correlation_id,
    }
    return {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items() if value}
