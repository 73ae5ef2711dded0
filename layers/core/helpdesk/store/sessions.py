"""Sessions: one item each, by the hash of its token, with all that a request needs."""

from collections.abc import Sequence
from datetime import datetime

from helpdesk.model.errors import UnauthenticatedError
from helpdesk.model.people import Session
from helpdesk.store import keys
from helpdesk.store.codec import encode, epoch, from_item, to_item
from helpdesk.store.table import Table, Write


class SessionGoneError(Exception):
    """The session ended meanwhile."""


def creation(sessions: Table, session: Session) -> Write:
    """A new session."""
    item = {**keys.session(session.id), **to_item(session), "expires_at": epoch(session.ends_at)}
    return sessions.put(item, refusal=lambda _: UnauthenticatedError())


def end(sessions: Table, session_id: str) -> Write:
    """The session's end; one that is gone already stays gone."""
    return sessions.delete(keys.session(session_id))


def find(sessions: Table, session_id: str) -> Session | None:
    """The session of this id; whether it still counts is for the caller to see."""
    item = sessions.get(keys.session(session_id))
    return from_item(Session, item) if item else None


def find_many(sessions: Table, ids: Sequence[str]) -> list[Session]:
    """Those of these sessions that still stand there, by one request."""
    if not ids:
        return []
    items = sessions.get_many([keys.session(session_id) for session_id in ids])
    return [from_item(Session, item) for item in items if item]


def rename(sessions: Table, session_id: str, name: str, language: str) -> Write:
    """The session knows its person by another name or language."""
    return sessions.update(
        keys.session(session_id),
        "SET #name = :name, #language = :language",
        condition="attribute_exists(pk)",
        values={":name": encode(name), ":language": encode(language)},
        names={"#name": "name", "#language": "language"},
        refusal=lambda _: SessionGoneError(),
    )


def touch(sessions: Table, session_id: str, now: datetime) -> None:
    """The session was used just now; nothing happens if it has ended meanwhile."""
    write = sessions.update(
        keys.session(session_id),
        "SET seen_at = :now",
        condition="attribute_exists(pk)",
        values={":now": encode(now)},
        refusal=lambda _: UnauthenticatedError(),
    )
    sessions.apply(write)
