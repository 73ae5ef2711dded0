"""A subscription to events: whom to call, and how he knows that it was us."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from helpdesk.model.event import Event


@dataclass(frozen=True, slots=True)
class Webhook:
    """One subscriber.

    Args:
        url: an https address.
        secret: the key of the signatures.
        event_types: names of the events it wants; empty for all of them.
    """

    id: str
    url: str
    secret: str = field(repr=False)
    enabled: bool
    created_at: datetime
    event_types: tuple[str, ...] = ()

    def wants(self, event: Event) -> bool:
        """Whether the event is to be delivered."""
        return self.enabled and (not self.event_types or event.type in self.event_types)

    def signature(self, timestamp: int, body: str) -> str:
        """HMAC-SHA256 of "timestamp.body" under the secret, in hexadecimal; the time is in epoch seconds.

        The time is signed too, so that an old delivery cannot be played again.
        """
        return hmac.new(self.secret.encode(), f"{timestamp}.{body}".encode(), sha256).hexdigest()
