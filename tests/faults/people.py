"""People with sessions, made past the front door: a storm of them should not have to type passwords and codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Customer, Kind, Role, Session, StaffMember
from helpdesk.model.tokens import new_token, token_id
from helpdesk.store import customers, sessions, staff
from tests.e2e.people import Person
from tests.faults.desk import Desk

TOPICS = ("credit", "documents", "cheque_return", "other")
PHONES: Iterator[str] = (f"+98936{number:07}" for number in count(1000000))


@dataclass(frozen=True)
class Someone:
    """A person, and what the tables know of him."""

    id: str
    phone: str
    email: str
    web: Person


def customer(desk: Desk) -> Someone:
    """A new customer with an e-mail address."""
    now = datetime.now(UTC)
    profile = Customer(
        new_id(now), next(PHONES), "سارا", "fa", now, email=f"{uuid4()}@customer.example", email_proven=True
    )
    desk.table().commit([customers.creation(desk.table(), profile), customers.phone_entry(desk.table(), profile)])
    token = _session(desk, Kind.CUSTOMER, profile.id, profile.name, now)
    return Someone(
        profile.id,
        profile.phone,
        profile.email or "",
        Person.at(desk.stack.file.public_api).signed_in({"token": token}),
    )


def agent(desk: Desk, name: str = "رضا", role: Role = Role.AGENT) -> Someone:
    """A new member of the staff who works on every topic."""
    now = datetime.now(UTC)
    member = StaffMember(new_id(now), f"{uuid4()}@desk.example", name, role, TOPICS, True, now)
    desk.table().apply(staff.creation(desk.table(), member))
    token = _session(desk, Kind.AGENT, member.id, name, now, role)
    return Someone(member.id, "", member.email, Person.at(desk.stack.file.internal_api).signed_in({"token": token}))


def _session(desk: Desk, kind: Kind, account_id: str, name: str, now: datetime, role: Role | None = None) -> str:
    token, table = new_token(), desk.table("sessions")
    topics = TOPICS if role else ()
    ends_at = now + timedelta(hours=1)
    table.apply(
        sessions.creation(
            table, Session(token_id(token), kind, account_id, name, "fa", now, now, ends_at, role, topics)
        )
    )
    return token
