"""What a ticket of the form has been: its messages and events in their old times, chained as if it had happened here.

Ids are derived from what they stand for, so that a run that takes up another's work writes the same things again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from helpdesk.model.attachment import Attachment
from helpdesk.model.audit import OPERATOR
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import derived_id
from helpdesk.model.message import Message, Visibility, new_salt
from helpdesk.model.people import Actor, Kind
from helpdesk.model.ticket import Status
from operations.importing.form import ImportedMessage, ImportedTicket


@dataclass(frozen=True, slots=True)
class Entry:
    """A message, the event that tells of it, and its files; `message` is None where something else happened."""

    event: Event
    message: Message | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass
class Chronicle:
    """Writes the history of one ticket down, in order.

    Args:
        authors: who wrote each message, by its place.
    """

    form: ImportedTicket
    number: str
    customer_id: str
    authors: Sequence[Actor]
    files: Mapping[int, Sequence[Attachment]]
    status: Status = Status.OPEN
    last: Event | None = None
    last_message_id: str | None = None
    count: int = 0

    def entries(self) -> Iterator[Entry]:
        """An entry for each message."""
        for place, form in enumerate(self.form.messages):
            message = self._message(place, form)
            self.last_message_id = message.id
            self.status = _status_after(self.status, message)
            event = self._event(_type_of(place, message), form.at, message.author, message.evidence)
            yield Entry(event, message, self._linked(place, message))

    def _linked(self, place: int, message: Message) -> tuple[Attachment, ...]:
        is_internal = message.visibility == Visibility.INTERNAL
        return tuple(
            file.linked_to(self.number, message.id, owner_id=file.owner_id, is_internal=is_internal)
            for file in self.files.get(place, ())
        )

    def _message(self, place: int, form: ImportedMessage) -> Message:
        return Message(
            id=derived_id(form.at, self._seed(f"message/{place}"), self.last_message_id),
            ticket_number=self.number,
            author=self.authors[place],
            visibility=form.visibility,
            body=form.body,
            created_at=form.at,
            attachments=tuple(file.link for file in self.files.get(place, ())),
            salt=new_salt(),
        )

    def ending(self, status: Status, resolved_at: datetime | None, closed_at: datetime | None) -> Iterator[Entry]:
        """What became of the ticket behind its last message."""
        if resolved_at:
            self.status = Status.RESOLVED
            yield Entry(self._event(EventType.TICKET_RESOLVED, resolved_at, OPERATOR, {}))
        if closed_at:
            self.status = Status.CLOSED
            yield Entry(self._event(EventType.TICKET_CLOSED, closed_at, OPERATOR, {}))
        self.status = status

    def mark(self, assignee_id: str | None, now: datetime) -> Entry:
        """That it was imported, and as what it goes on."""
        data = {"imported": f"{self.form.source} {self.form.external_id}"}
        return Entry(self._event(EventType.TICKET_CHANGED, now, OPERATOR, data, assignee_id))

    def _event(
        self, type_: EventType, at: datetime, actor: Actor, data: Mapping[str, str], assignee_id: str | None = None
    ) -> Event:
        before, self.count = self.last, self.count + 1
        standing = {"status_now": str(self.status), **({"assignee_id": assignee_id} if assignee_id else {})}
        self.last = Event(
            id=derived_id(at, self._seed(f"event/{self.count}"), before.id if before else None),
            type=type_,
            at=at,
            ticket_number=self.number,
            customer_id=self.customer_id,
            topic=self.form.topic,
            priority=self.form.priority,
            actor=actor,
            previous_hash=before.hash if before else "",
            data={**data, **standing},
        ).sealed()
        return self.last

    def _seed(self, what: str) -> str:
        return f"{self.form.source}/{self.form.external_id}/{what}"


def _type_of(place: int, message: Message) -> EventType:
    if place == 0:
        return EventType.TICKET_OPENED
    if message.visibility == Visibility.INTERNAL:
        return EventType.NOTE_ADDED
    return EventType.CUSTOMER_REPLIED if message.author.kind == Kind.CUSTOMER else EventType.TICKET_ANSWERED


def _status_after(status: Status, message: Message) -> Status:
    if message.visibility == Visibility.INTERNAL:
        return status
    return Status.OPEN if message.author.kind == Kind.CUSTOMER else Status.PENDING
