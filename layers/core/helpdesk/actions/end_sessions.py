"""Sessions end, one or many: the rows go and the account's list with them, so the next request finds nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials, read_credentials
from helpdesk.actions.registry import Registry
from helpdesk.model.account import Credentials
from helpdesk.model.errors import NotFoundError
from helpdesk.model.people import Session
from helpdesk.model.session_rules import is_live
from helpdesk.store import sessions
from helpdesk.store.table import Write


def list_sessions(registry: Registry, caller: Session, now: datetime) -> list[Session]:
    """The caller's sessions that still count, newest first; two requests."""
    credentials = read_credentials(registry, caller.account_id)
    found = sessions.find_many(registry.sessions, credentials.session_ids)
    return sorted((session for session in found if is_live(session, now)), key=_created, reverse=True)


def _created(session: Session) -> datetime:
    return session.created_at


def sign_out(registry: Registry, caller: Session) -> None:
    """The caller's session ends; two requests."""
    end_session(registry, caller, caller.id)


def end_session(registry: Registry, caller: Session, session_id: str) -> None:
    """One of the caller's sessions ends; two requests.

    Raises:
        NotFoundError: the caller has no such session.
    """

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if session_id not in credentials.session_ids:
            raise NotFoundError
        return ending(registry, credentials, [session_id])

    change_credentials(registry, caller.account_id, decide)


def end_other_sessions(registry: Registry, caller: Session) -> None:
    """All of the caller's sessions end but this one; two requests."""

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        return ending(registry, credentials, others(credentials, caller))

    change_credentials(registry, caller.account_id, decide)


def others(credentials: Credentials, caller: Session) -> list[str]:
    """The ids of the account's sessions without the caller's."""
    return [session_id for session_id in credentials.session_ids if session_id != caller.id]


def ending(registry: Registry, credentials: Credentials, ids: Collection[str]) -> tuple[Credentials, Sequence[Write]]:
    """The credentials without these sessions, and the writes that end them."""
    return credentials.without_sessions(ids), [sessions.end(registry.sessions, session_id) for session_id in ids]


def with_password(
    registry: Registry, credentials: Credentials, password_hash: str, ids: Collection[str]
) -> tuple[Credentials, Sequence[Write]]:
    """The credentials with another password, which ends these sessions, and the leave to reset the one before."""
    return ending(registry, replace(credentials, password_hash=password_hash, password_reset=None), ids)
