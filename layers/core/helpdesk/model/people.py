"""People of the desk: customers, staff, who acted, and the session a request comes in with."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Which side of the desk somebody is on."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class Role(StrEnum):
    """What a member of staff may do: each role may do what the one before it may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True)
class Actor:
    """Who did something, by the name that stood then."""

    kind: Kind
    id: str
    name: str


SYSTEM = Actor(Kind.SYSTEM, "system", "پشتیبان")

ERASED = "(حذف‌شده)"
"""In the place of a customer's name and of what he asked, once he is erased."""


@dataclass(frozen=True)
class Customer:
    """A customer's profile: what the desk needs to talk to him.

    Args:
        email: an address; nothing goes there before it is proven by a code.
        sms: whether he wants to be told by SMS.
        by_email: whether he wants to be told by e-mail.
    """

    id: str
    phone: str
    name: str
    language: str
    created_at: datetime
    email: str | None = None
    email_proven: bool = False
    sms: bool = True
    by_email: bool = True


@dataclass(frozen=True)
class StaffMember:
    """An entry of the staff directory; an agent sees the topics given to it."""

    id: str
    email: str
    name: str
    role: Role
    topics: tuple[str, ...]
    enabled: bool
    created_at: datetime

    @property
    def actor(self) -> Actor:
        """The member as an assignee."""
        return Actor(Kind.AGENT, self.id, self.name)

    def works_on(self, topic: str) -> bool:
        """Whether tickets of this topic may be given to the member."""
        return self.enabled and _covers(self.role, self.topics, topic)

    def supervises(self, topic: str) -> bool:
        """Whether the member is told when something of this topic comes late; without topics, a supervisor of all."""
        return self.enabled and self.role == Role.SUPERVISOR and (not self.topics or topic in self.topics)


@dataclass(frozen=True)
class Session:
    """A signed-in browser or program, with all that a request needs to know of its person.

    Args:
        id: SHA-256 of the token, in hexadecimal; the token itself is never stored.
        ends_at: the absolute limit; `seen_at` plus the kind's idle time may end it earlier.
    """

    id: str
    kind: Kind
    account_id: str
    name: str
    language: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    role: Role | None = None
    topics: tuple[str, ...] = ()
    device: str = ""

    def sees(self, topic: str) -> bool:
        """Whether this member of staff works on the topic; supervisors and administrators do on all."""
        return self.role is not None and _covers(self.role, self.topics, topic)

    @property
    def actor(self) -> Actor:
        """The person as the author of what this request does."""
        return Actor(self.kind, self.account_id, self.name)


def _covers(role: Role, topics: tuple[str, ...], topic: str) -> bool:
    return role in (Role.SUPERVISOR, Role.ADMIN) or topic in topics
