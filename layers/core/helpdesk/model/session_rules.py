"""How long sessions last: NIST SP 800-63B's idle and absolute limits, by kind of person."""

from datetime import datetime, timedelta

from helpdesk.model.people import Kind, Session

IDLE = {Kind.CUSTOMER: timedelta(days=14), Kind.AGENT: timedelta(minutes=30)}
ABSOLUTE = {Kind.CUSTOMER: timedelta(days=60), Kind.AGENT: timedelta(hours=12)}
SEEN_EVERY = timedelta(minutes=5)
MOST_SESSIONS = 20


def is_live(session: Session, now: datetime) -> bool:
    """Whether the session has passed neither limit."""
    return now < session.ends_at and now < session.seen_at + IDLE[session.kind]


def is_due_to_be_seen(session: Session, now: datetime) -> bool:
    """Whether it is time to write down again that the session is in use."""
    return now >= session.seen_at + SEEN_EVERY
