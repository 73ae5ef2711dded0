"""What happened to a ticket: the outbox and the history in one, chained by hashes.

A few things happen to no ticket (a file is refused before any message holds it, a password changes): their
events have no number, topic or priority, and go the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from helpdesk.model.people import SYSTEM, Actor, Kind
from helpdesk.model.seal import fingerprint


class EventType(StrEnum):
    """The kinds of things that happen."""

    TICKET_OPENED = "ticket_opened"
    CUSTOMER_REPLIED = "customer_replied"
    TICKET_ANSWERED = "ticket_answered"
    NOTE_ADDED = "note_added"
    TICKET_CLAIMED = "ticket_claimed"
    TICKET_RELEASED = "ticket_released"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_CHANGED = "ticket_changed"
    TICKET_RESOLVED = "ticket_resolved"
    TICKET_CLOSED = "ticket_closed"
    TICKET_RATED = "ticket_rated"
    TICKET_CLOSING_SOON = "ticket_closing_soon"
    RESPONSE_BREACHED = "response_breached"
    RESOLUTION_BREACHED = "resolution_breached"
    ATTACHMENT_REFUSED = "attachment_refused"
    WEBHOOK_PAUSED = "webhook_paused"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a name)
    PHONE_CHANGED = "phone_changed"


BREACHES = frozenset({EventType.RESPONSE_BREACHED, EventType.RESOLUTION_BREACHED})
"""What comes late."""

SECURITY = frozenset({EventType.PASSWORD_CHANGED, EventType.PHONE_CHANGED})
"""What the owner of an account must hear, wanted or not: somebody else may have done it."""


class Audience(StrEnum):
    """Whom the notification channels may tell."""

    CUSTOMER = "customer"
    STAFF = "staff"
    NOBODY = "nobody"


_AUDIENCES = {
    EventType.TICKET_ANSWERED: Audience.CUSTOMER,
    EventType.TICKET_RESOLVED: Audience.CUSTOMER,
    EventType.TICKET_CLOSED: Audience.CUSTOMER,
    EventType.TICKET_CLOSING_SOON: Audience.CUSTOMER,
    EventType.ATTACHMENT_REFUSED: Audience.CUSTOMER,
    EventType.PASSWORD_CHANGED: Audience.CUSTOMER,
    EventType.PHONE_CHANGED: Audience.CUSTOMER,
    EventType.NOTE_ADDED: Audience.NOBODY,
    EventType.TICKET_RATED: Audience.NOBODY,
}


@dataclass(frozen=True)
class Event:
    """One thing that happened; it never holds the text of a message.

    Args:
        id: sorts by the order in which a ticket's events happened.
        ticket_number: empty for what happened to no ticket, as are topic and priority then.
        data: what changed, by field, as text.
        previous_hash: the hash of the ticket's event before this one, empty for the first.
        hash: fingerprint of all other fields.
    """

    id: str
    type: EventType
    at: datetime
    ticket_number: str
    customer_id: str
    topic: str
    priority: str
    actor: Actor
    previous_hash: str
    data: Mapping[str, str] = field(default_factory=dict)
    hash: str = ""

    @classmethod
    def without_ticket(
        cls, event_id: str, type_: EventType, at: datetime, customer_id: str, data: Mapping[str, str]
    ) -> Self:
        """Something that happened by itself, to no ticket; no customer's if his id is empty."""
        return cls(event_id, type_, at, "", customer_id, "", "", SYSTEM, "", data).sealed()

    @property
    def audience(self) -> Audience:
        """Who is to hear of it."""
        return _AUDIENCES.get(self.type, Audience.STAFF)

    @property
    def is_own_doing(self) -> bool:
        """Whether the customer did it himself, and needs no telling."""
        return self.actor.kind == Kind.CUSTOMER

    def sealed(self) -> Self:
        """The event with its hash."""
        return replace(self, hash=self.computed_hash())

    def computed_hash(self) -> str:
        """What `hash` must be if nothing was altered.

        A customer stands in it by id alone, so that erasing the name leaves the history as it was written.
        """
        content = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("hash", "actor")}
        name = "" if self.actor.kind == Kind.CUSTOMER else self.actor.name
        return fingerprint({**content, "actor": (self.actor.kind, self.actor.id, name)})
