"""Whether a ticket's history is as it was written: each event is chained to the one before, the ticket to the last.

The event of a message holds its fingerprint, and the last event says where the ticket stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helpdesk.model.event import Event
from helpdesk.model.message import Message
from helpdesk.model.ticket import Status, Ticket

type Standing = tuple[str, str, str, str]
"""Topic, priority, status and assignee."""


class Trace(StrEnum):
    """What stands in the place of a fingerprint where there is none."""

    ERASED = "erased"
    UNREADABLE = "unreadable"


def trace_of(message: Message) -> str:
    """The fingerprint of a message as it stands, or that it was erased."""
    return Trace.ERASED if message.is_erased else message.evidence["message_hash"]


@dataclass(frozen=True)
class Link:
    """What a chain needs of an event.

    Args:
        is_sound: whether its content still has its hash.
        message_id: of the message that it tells of.
        message_hash: the fingerprint of that message.
        standing: where it left the ticket.
    """

    event_id: str
    previous_hash: str
    hash: str
    is_sound: bool
    message_id: str | None = None
    message_hash: str | None = None
    standing: Standing | None = None

    @classmethod
    def of(cls, event: Event) -> "Link":
        """The link that an event is."""
        is_sound, data = event.hash == event.computed_hash(), event.data
        standing = (event.topic, event.priority, data.get("status_now", Status.OPEN), data.get("assignee_id", ""))
        message = data.get("message_id"), data.get("message_hash")
        return cls(event.id, event.previous_hash, event.hash, is_sound, *message, standing)


@dataclass(frozen=True)
class End:
    """What the ticket says of its newest event, and where it stands."""

    event_id: str
    hash: str
    standing: Standing

    @classmethod
    def of(cls, ticket: Ticket) -> "End":
        """The end that a ticket is."""
        standing = (ticket.topic, ticket.priority, str(ticket.status), ticket.assignee_id or "")
        return cls(ticket.last_event_id or "", ticket.history_hash, standing)


@dataclass(frozen=True)
class Fault:
    """The first record of a history that is not as it was written.

    Args:
        event_id: it, or the record beside the gap; sorts by time.
    """

    event_id: str
    text: str


def first_fault(links: Sequence[Link], messages: Mapping[str, str], end: End | None) -> Fault | None:
    """The first altered or missing record of one ticket; None if all is as it was written.

    Args:
        links: of all its events, in the order of their ids.
        messages: the trace of each message and note that stands there, by its id.
        end: None if the ticket itself is not there.
    """
    expected, previous = "", None
    for link in links:
        if not link.is_sound:
            return Fault(link.event_id, f"EVENT#{link.event_id} was altered")
        if link.previous_hash != expected:
            return _gap(previous, link)
        if fault := _message_fault(link, messages):
            return fault
        expected, previous = link.hash, link
    return _end_fault(links, end, expected) or _stray_fault(links, messages)


def _gap(previous: Link | None, link: Link) -> Fault:
    if previous is None:
        return Fault(link.event_id, f"the record before EVENT#{link.event_id} is missing")
    between = f"EVENT#{previous.event_id} and EVENT#{link.event_id}"
    return Fault(link.event_id, f"a record between {between} is missing, or the former was replaced")


def _message_fault(link: Link, messages: Mapping[str, str]) -> Fault | None:
    if link.message_id is None:
        return None
    what = f"the message {link.message_id} of EVENT#{link.event_id}"
    trace = messages.get(link.message_id)
    if trace is None:
        return Fault(link.event_id, f"{what} is missing")
    if trace not in (Trace.ERASED, link.message_hash):
        return Fault(link.event_id, f"{what} was altered")
    return None


def _stray_fault(links: Sequence[Link], messages: Mapping[str, str]) -> Fault | None:
    strays = set(messages) - {link.message_id for link in links}
    return Fault(min(strays), f"the message {min(strays)} is one that no event tells of") if strays else None


def _end_fault(links: Sequence[Link], end: End | None, expected: str) -> Fault | None:
    last_id = links[-1].event_id if links else ""
    if end is None:
        return Fault(last_id, "the ticket is missing")
    if end.event_id != last_id:
        return Fault(end.event_id, f"EVENT#{end.event_id} is missing")
    if end.hash != expected:
        return Fault(end.event_id, f"EVENT#{end.event_id} was replaced, or the ticket was altered")
    if links and links[-1].standing != end.standing:
        return Fault(end.event_id, "the ticket was altered: it does not stand where its history left it")
    return None
