"""A subscription to events: whom to call, how he knows that it was us, and when we stop calling."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from helpdesk.model.event import Event

BOTH_SECRETS = timedelta(hours=24)
"""So long after a rotation calls are signed with the secret before it, too."""

FAILURES_KEPT = 10
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Failure:
    """A call that did not arrive, and why as a short name."""

    at: datetime
    event_id: str
    reason: str


@dataclass(frozen=True)
class Webhook:
    """One subscriber.

    Args:
        url: an https address.
        sealed_secret: the key of the signatures, encrypted.
        event_types: names of the events it wants; empty for all of them.
        enabled: whether the administrators want it called.
        previous_sealed: the secret before the present one, valid until `previous_until`.
        failures: calls in a row that did not arrive.
        paused_at: since when it is not called any more, because too many did not arrive.
        last_failures: the newest first.
        version: grows by one with each change that an administrator makes.
    """

    id: str
    url: str
    sealed_secret: str = field(repr=False)
    created_at: datetime
    enabled: bool = True
    event_types: tuple[str, ...] = ()
    previous_sealed: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None
    failures: int = 0
    paused_at: datetime | None = None
    last_failures: tuple[Failure, ...] = ()
    version: int = 0

    def wants(self, event: Event) -> bool:
        """Whether it subscribed to the event."""
        return not self.event_types or event.type in self.event_types

    @property
    def reason_against(self) -> str | None:
        """Why it is not called at present."""
        if not self.enabled:
            return "disabled"
        return "paused" if self.paused_at else None

    def valid_secrets(self, now: datetime) -> tuple[str, ...]:
        """The sealed secrets that calls are signed with by now, the present one first."""
        if self.previous_sealed and self.previous_until and now < self.previous_until:
            return self.sealed_secret, self.previous_sealed
        return (self.sealed_secret,)

    def rotated(self, sealed: str, now: datetime) -> Self:
        """The subscription with another secret; the present one stays valid for a while."""
        return replace(
            self, sealed_secret=sealed, previous_sealed=self.sealed_secret, previous_until=now + BOTH_SECRETS
        )

    def resumed(self) -> Self:
        """The subscription called again, with a clean slate."""
        return replace(self, failures=0, paused_at=None)

    def failed(self, failure: Failure, most: int, *, for_good: bool) -> Self:
        """The subscription after a call that did not arrive: paused after `most` in a row, or at once for good."""
        failures = self.failures + 1
        is_dead = for_good or failures >= most
        return replace(
            self,
            failures=failures,
            last_failures=(failure, *self.last_failures)[:FAILURES_KEPT],
            paused_at=failure.at if is_dead else None,
        )


def new_secret() -> str:
    """A key of signatures: 256 random bits."""
    return f"whsec_{secrets.token_urlsafe(_SECRET_BYTES)}"


def signature(valid_secrets: Iterable[str], timestamp: int, body: str) -> str:
    """The HMAC-SHA256 of "timestamp.body" under each of the secrets, in hexadecimal; the time is in epoch seconds.

    The time is signed too, so that an old call cannot be played again. See docs/webhooks.md.
    """
    signed = f"{timestamp}.{body}".encode()
    return ",".join(f"sha256={hmac.new(secret.encode(), signed, sha256).hexdigest()}" for secret in valid_secrets)
