"""Whether a ticket's history is as it was written: each event is chained to the one before, the ticket to the last."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from helpdesk.model.event import Event


@dataclass(frozen=True, slots=True)
class Link:
    """What a chain needs of an event.

    Args:
        is_sound: whether its content still has its hash.
        message_id: of the message that it tells of.
    """

    event_id: str
    previous_hash: str
    hash: str
    is_sound: bool
    message_id: str | None = None

    @classmethod
    def of(cls, event: Event) -> "Link":
        """The link that an event is."""
        is_sound = event.hash == event.computed_hash()
        return cls(event.id, event.previous_hash, event.hash, is_sound, event.data.get("message_id"))


@dataclass(frozen=True, slots=True)
class End:
    """What the ticket says of its newest event."""

    event_id: str
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first record of a history that is not as it was written.

    Args:
        event_id: it, or the record beside the gap; sorts by time.
    """

    event_id: str
    text: str


def first_fault(links: Sequence[Link], messages: Collection[str], end: End | None) -> Fault | None:
    """The first altered or missing record of one ticket; None if all is as it was written.

    Args:
        links: of all its events, in the order of their ids.
        messages: ids of the messages and notes that stand there.
        end: None if the ticket itself is not there.
    """
    expected, previous = "", None
    for link in links:
        if not link.is_sound:
            return Fault(link.event_id, f"EVENT#{link.event_id} was altered")
        if link.previous_hash != expected:
            return _gap(previous, link)
        if link.message_id and link.message_id not in messages:
            return Fault(link.event_id, f"the message {link.message_id} of EVENT#{link.event_id} is missing")
        expected, previous = link.hash, link
    return _end_fault(links, end, expected)


def _gap(previous: Link | None, link: Link) -> Fault:
    if previous is None:
        return Fault(link.event_id, f"the record before EVENT#{link.event_id} is missing")
    between = f"EVENT#{previous.event_id} and EVENT#{link.event_id}"
    return Fault(link.event_id, f"a record between {between} is missing, or the former was replaced")


def _end_fault(links: Sequence[Link], end: End | None, expected: str) -> Fault | None:
    last_id = links[-1].event_id if links else ""
    if end is None:
        return Fault(last_id, "the ticket is missing")
    if end.hash == expected and end.event_id == last_id:
        return None
    what = "was replaced, or the ticket was altered" if end.event_id == last_id else "is missing"
    return Fault(end.event_id, f"EVENT#{end.event_id} {what}")
