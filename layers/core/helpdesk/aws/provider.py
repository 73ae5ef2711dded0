"""What senders ask of whoever sends their messages: Amazon (`amazon`), an SMS gateway (`sms_gateway`), or nobody
(`local_outbox`)."""

from typing import Protocol


class Provider[Message](Protocol):
    """Sends messages of one kind: `Sms` or `Email`."""

    @property
    def is_repeatable(self) -> bool:
        """Whether it knows a message that comes again by its event id, and sends it once."""

    def send(self, message: Message) -> str:
        """Send one, and give what the provider calls it.

        Raises:
            RefusedError: it will never take it.
            NotSentError: it has surely not gone out.
            UncertainError: nobody knows.
        """
