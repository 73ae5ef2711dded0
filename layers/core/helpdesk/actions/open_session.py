"""A session opens: its row, its place in the account's list, and the end of the oldest one when there are too many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions.registry import Registry
from helpdesk.model.account import Credentials, SessionEntry
from helpdesk.model.people import Customer, Kind, Session, StaffMember
from helpdesk.model.session_rules import ABSOLUTE
from helpdesk.model.tokens import new_token, token_id
from helpdesk.store import sessions
from helpdesk.store.table import Write

_STAFF_LANGUAGE = "fa"


@dataclass(frozen=True)
class SignedIn[Person]:
    """A session just opened.

    Args:
        token: opens it; shown once and never stored.
    """

    session: Session
    token: str
    person: Person


@dataclass(frozen=True)
class Visit:
    """Where somebody signs in from.

    Args:
        address: the caller's, as far as a throttle looks.
        device: what the client calls itself.
        previous: id of the session whose cookie came along; it ends, whoever's it was.
    """

    address: str
    device: str = ""
    previous: str | None = None


def customer_signed_in(customer: Customer, device: str, now: datetime) -> SignedIn[Customer]:
    """A session for a customer, to be written yet."""
    token = new_token()
    session = Session(
        id=token_id(token),
        kind=Kind.CUSTOMER,
        account_id=customer.id,
        name=customer.name,
        language=customer.language,
        created_at=now,
        seen_at=now,
        ends_at=now + ABSOLUTE[Kind.CUSTOMER],
        device=device,
    )
    return SignedIn(session, token, customer)


def staff_signed_in(member: StaffMember, device: str, now: datetime) -> SignedIn[StaffMember]:
    """A session for a member of staff, to be written yet."""
    token = new_token()
    session = Session(
        id=token_id(token),
        kind=Kind.AGENT,
        account_id=member.id,
        name=member.name,
        language=_STAFF_LANGUAGE,
        created_at=now,
        seen_at=now,
        ends_at=now + ABSOLUTE[Kind.AGENT],
        role=member.role,
        topics=member.topics,
        device=device,
    )
    return SignedIn(session, token, member)


def opening(
    registry: Registry, credentials: Credentials, session: Session, visit: Visit, now: datetime
) -> tuple[Credentials, Sequence[Write]]:
    """The credentials that list the session, and the writes that make it so and end the one before it."""
    previous = {visit.previous} if visit.previous else set()
    standing = credentials.without_sessions(previous)
    listing, ended = standing.with_session(SessionEntry(session.id, session.ends_at), now)
    ends = [sessions.end(registry.sessions, session_id) for session_id in {*ended, *previous}]
    return listing, [sessions.creation(registry.sessions, session), *ends]
