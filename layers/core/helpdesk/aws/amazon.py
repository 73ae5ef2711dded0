"""Amazon's services that send messages, by clients that do not repeat a call by themselves: each call is a message."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from helpdesk.aws.provider_faults import provider_faults
from helpdesk.model.delivery import Email, Sms

_SMS_REFUSALS = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid", "OptedOut"})
_EMAIL_REFUSALS = frozenset({"BadRequestException", "MessageRejected"})


@dataclass(frozen=True)
class SnsSms:
    """Sends text messages through SNS.

    Args:
        sender: the name that phones show, where the country allows one; may be empty.
    """

    client: Any
    sender: str
    is_repeatable: bool = False

    def send(self, message: Sms) -> str:
        """Send the message as a transactional one."""
        attributes = {"AWS.SNS.SMS.SMSType": "Transactional"} | (
            {"AWS.SNS.SMS.SenderID": self.sender} if self.sender else {}
        )
        return _message_id(
            self.client.publish,
            _SMS_REFUSALS,
            PhoneNumber=message.to,
            Message=message.text,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
            },
        )


@dataclass(frozen=True)
class SesEmail:
    """Sends e-mail through SES, as plain text."""

    client: Any
    sender: str
    is_repeatable: bool = False

    def send(self, message: Email) -> str:
        """Send the message from the desk's address."""
        content = {
            "Subject": {"Data": message.subject, "Charset": "UTF-8"},
            "Body": {"Text": {"Data": message.text, "Charset": "UTF-8"}},
        }
        return _message_id(
            self.client.send_email,
            _EMAIL_REFUSALS,
            FromEmailAddress=self.sender,
            Destination={"ToAddresses": [message.to]},
            Content={"Simple": content},
        )


def _message_id(call: Callable[..., Any], refusals: Collection[str], **request: Any) -> str:
    """What the service calls the message that it took."""
    with provider_faults(refusals):
        return str(call(**request)["MessageId"])
