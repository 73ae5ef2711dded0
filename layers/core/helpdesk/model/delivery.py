"""What becomes of one event at one recipient by one channel: exactly one row of the ledger says so.

queued → sending → sent | failed | merged | suppressed | unknown

ProviderError
├── RefusedError      the provider will never take this one
├── NotSentError      it has surely not gone out: trying again is safe
└── UncertainError    nobody knows whether it has gone out
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """The ways on which an event goes on; each has a queue and a sender."""

    SMS = "sms"
    EMAIL = "email"
    INBOX = "inbox"
    WEBHOOK = "webhook"
    REPORTS = "reports"


class DeliveryState(StrEnum):
    """How far a delivery is; `merged` is one that was told together with another."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    MERGED = "merged"
    SUPPRESSED = "suppressed"
    UNKNOWN = "unknown"


UNDER_WAY = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING})
"""States that are not final."""

PARKED = frozenset({DeliveryState.FAILED, DeliveryState.UNKNOWN})
"""Final states that somebody has to look at."""


@dataclass(frozen=True)
class LedgerEntry:
    """The row of one event, channel and recipient.

    Args:
        recipient: id of the customer or subscription; never a phone number or an address.
        ticket_number: where the event stands.
        sending_until: by then whoever sends it has ended, one way or the other.
        reason: why it was not sent, as a short name.
        provider_id: what the provider calls the message.
    """

    event_id: str
    channel: Channel
    recipient: str
    ticket_number: str
    state: DeliveryState
    changed_at: datetime
    sending_until: datetime | None = None
    reason: str | None = None
    provider_id: str | None = None

    def is_abandoned(self, now: datetime) -> bool:
        """Whether its sender broke off between taking it up and saying what became of it."""
        return self.state == DeliveryState.SENDING and self.sending_until is not None and self.sending_until < now


@dataclass(frozen=True)
class Sms:
    """A text message to a canonical phone number; `event_id` is what it is logged and found by."""

    to: str
    text: str
    event_id: str
    sent_at: datetime


@dataclass(frozen=True)
class Email:
    """An e-mail in plain text."""

    to: str
    subject: str
    text: str
    event_id: str
    sent_at: datetime


class ProviderError(Exception):
    """A provider did not confirm a message.

    Args:
        reason: a short name for the log and the ledger; never a phone number, an address or a text.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(ProviderError):
    """The provider will never take this message."""


class NotSentError(ProviderError):
    """The message has surely not gone out."""


class UncertainError(ProviderError):
    """The message may have gone out."""
