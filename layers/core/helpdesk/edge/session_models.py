"""Sessions: how customers sign in, and what customers and staff see of theirs."""

from datetime import datetime
from typing import Self

from helpdesk.actions.open_session import SignedIn
from helpdesk.edge.account_models import Password, Transport
from helpdesk.edge.fields import Phone, Request, View
from helpdesk.model.people import Customer, Session
from helpdesk.model.session_rules import IDLE


class SignIn(Request):
    """Phone number and password."""

    phone: Phone
    password: Password
    transport: Transport = "cookie"


class Account(View):
    """The customer who signed in."""

    id: str
    name: str
    phone: str
    language: str


class SessionOpened(View):
    """A new session and when it ends at the latest; the token only with the transport "bearer"."""

    account: Account
    expires_at: datetime
    token: str | None = None

    @classmethod
    def of(cls, signed_in: SignedIn[Customer], transport: str) -> Self:
        """The session as its customer learns of it."""
        person = signed_in.person
        return cls(
            account=Account(id=person.id, name=person.name, phone=person.phone, language=person.language),
            expires_at=signed_in.session.ends_at,
            token=signed_in.token if transport == "bearer" else None,
        )


class SessionView(View):
    """A browser or program that is signed in; when it was last seen is noted every few minutes."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_current: bool

    @classmethod
    def of(cls, session: Session, current: Session) -> Self:
        """The session as its person sees it."""
        return cls(
            id=session.id,
            device=session.device,
            created_at=session.created_at,
            seen_at=session.seen_at,
            expires_at=min(session.ends_at, session.seen_at + IDLE[session.kind]),
            is_current=session.id == current.id,
        )


class SessionList(View):
    """All sessions of a person, newest first; at most 20."""

    items: list[SessionView]
