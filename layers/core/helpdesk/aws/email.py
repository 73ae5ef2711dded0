"""Those who send e-mail: Amazon SES, or nobody at all."""

from dataclasses import dataclass
from typing import Any, Protocol

from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.aws.provider_faults import provider_faults
from helpdesk.model.delivery import Email

_REFUSALS = frozenset({"BadRequestException", "MessageRejected"})


class EmailProvider(Protocol):
    """Sends e-mail."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it knows a message that comes again by its event id, and sends it once."""

    def send(self, email: Email) -> str:
        """Send one, and give what the provider calls it.

        Raises:
            RefusedError: it will never take it.
            NotSentError: it has surely not gone out.
            UncertainError: nobody knows.
        """


@dataclass(frozen=True)
class LocalEmail:
    """Sends nothing: writes it down."""

    outbox: LocalOutbox
    is_repeatable: bool = False

    def send(self, email: Email) -> str:
        """Write the message down, subject first."""
        self.outbox.write("email", email, f"{email.subject}\n\n{email.text}")
        return "local"


@dataclass(frozen=True)
class SesEmail:
    """Sends through SES, by a client that does not repeat a call by itself: each one is a message."""

    client: Any
    sender: str
    is_repeatable: bool = False

    def send(self, email: Email) -> str:
        """Send the message as plain text."""
        content = {
            "Subject": {"Data": email.subject, "Charset": "UTF-8"},
            "Body": {"Text": {"Data": email.text, "Charset": "UTF-8"}},
        }
        with provider_faults(_REFUSALS):
            answer = self.client.send_email(
                FromEmailAddress=self.sender,
                Destination={"ToAddresses": [email.to]},
                Content={"Simple": content},
            )
        message_id: str = answer["MessageId"]
        return message_id
