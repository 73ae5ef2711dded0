"""How every change of a ticket goes: one read, a decision, one transaction on the version read."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import uniform

from helpdesk.model.attachment import Attachment, AttachmentState
from helpdesk.model.errors import BusyError, NotFoundError
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.message import Message
from helpdesk.model.people import SYSTEM, Actor
from helpdesk.model.ticket import Ticket
from helpdesk.model.ticket_changes import changes
from helpdesk.store import attachments, events, idempotency, keys, messages, tickets
from helpdesk.store.codec import Item, from_item
from helpdesk.store.table import Table, Write

_ATTEMPTS = 8
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.5


@dataclass(frozen=True)
class Change:
    """What is to be written: the ticket's next state and what goes with it.

    Args:
        data: what the event says besides the message and what differs on the ticket.
        linked: attachments that the message takes.
    """

    ticket: Ticket
    type: EventType
    data: Mapping[str, str] = field(default_factory=dict)
    message: Message | None = None
    linked: tuple[Attachment, ...] = ()


type Decision = Callable[[Ticket, tuple[Attachment, ...]], Change]
"""From what stands there to what shall stand there; it raises what the rules refuse."""

type _Decision = Callable[[Ticket, Sequence[Item]], Change]
"""The same, with whatever else was read beside the ticket."""


def change_ticket(desk: Table, number: str, actor: Actor, now: datetime, decide: Decision) -> Ticket:
    """Change a ticket as decided, and record the event.

    Raises:
        NotFoundError: there is no such ticket.
        BusyError: others kept changing it.
    """
    return _change(desk, number, actor, now, lambda ticket, _: decide(ticket, ())).ticket


def change_ticket_beside(
    desk: Table, number: str, actor: Actor, now: datetime, key: Item, decide: Callable[[Ticket, Item], Change]
) -> Ticket:
    """Change a ticket as decided on it and on another item, which is read in the same request.

    Raises:
        NotFoundError: one of them is not there.
        BusyError: others kept changing the ticket.
    """
    return _change(desk, number, actor, now, lambda ticket, items: decide(ticket, items[0]), beside=[key]).ticket


def add_to_ticket(
    desk: Table,
    number: str,
    actor: Actor,
    now: datetime,
    decide: Decision,
    *,
    attempt: idempotency.Attempt,
    attachment_ids: Sequence[str],
    counters: Sequence[Write],
) -> Message:
    """Change a ticket by a message, once for each attempt however often it comes.

    Raises:
        NotFoundError: there is no such ticket or attachment.
        KeyReusedError: the attempt's key served another request.
        BusyError: others kept changing the ticket.
    """

    def decide_on_items(ticket: Ticket, items: Sequence[Item]) -> Change:
        return decide(ticket, tuple(from_item(Attachment, item) for item in items))

    beside = [keys.attachment(attachment_id) for attachment_id in attachment_ids]
    try:
        change = _change(desk, number, actor, now, decide_on_items, attempt, beside, counters)
    except idempotency.AnsweredError as answered:
        return idempotency.replay(Message, attempt, answered.record)
    if change.message is None:
        raise AssertionError("the decision adds no message")
    return change.message


def _change(
    desk: Table,
    number: str,
    actor: Actor,
    now: datetime,
    decide: _Decision,
    attempt: idempotency.Attempt | None = None,
    beside: Sequence[Item] = (),
    counters: Sequence[Write] = (),
) -> Change:
    for round_ in range(_ATTEMPTS):
        ticket, items = _read(desk, number, attempt, beside, now)
        noticed, happened = _notice_breaches(ticket, now)
        change = decide(noticed, items)
        if change.ticket != noticed or change.message:
            happened.append(_event(noticed, change, actor, now))
        if not happened:
            return change
        written = replace(change.ticket.after(happened[-1]), version=ticket.version + 1)
        try:
            desk.commit(_writes(desk, replace(change, ticket=written), happened, attempt, counters, now))
        except tickets.StaleTicketError:
            time.sleep(uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**round_)))
        else:
            return replace(change, ticket=written)
    raise BusyError


def _read(
    desk: Table, number: str, attempt: idempotency.Attempt | None, beside: Sequence[Item], now: datetime
) -> tuple[Ticket, list[Item]]:
    """The ticket and what is beside it, by one request that also tells whether the attempt was answered before."""
    attempt_keys = [attempt.item_key] if attempt else []
    ticket, *others = desk.get_many([keys.ticket(number), *beside, *attempt_keys])
    if attempt and (record := idempotency.fresh(others.pop(), now)):
        raise idempotency.AnsweredError(record)
    if ticket is None or None in others:
        raise NotFoundError
    return from_item(Ticket, ticket), [item for item in others if item]


def _notice_breaches(ticket: Ticket, now: datetime) -> tuple[Ticket, list[Event]]:
    """What came late before this change, and nobody noticed: else an answer in the watcher's minute would hide it."""
    happened: list[Event] = []
    while breach := ticket.with_breach(now):
        event = _event(ticket, Change(*breach), SYSTEM, now)
        ticket = breach[0].after(event)
        happened.append(event)
    return ticket, happened


def _event(ticket: Ticket, change: Change, actor: Actor, now: datetime) -> Event:
    evidence = change.message.evidence if change.message else {}
    return Event(
        id=new_id(now, ticket.last_event_id),
        type=change.type,
        at=now,
        ticket_number=ticket.number,
        customer_id=ticket.customer_id,
        topic=change.ticket.topic,
        priority=change.ticket.priority,
        actor=actor,
        previous_hash=ticket.history_hash,
        data={**change.data, **evidence, **changes(ticket, change.ticket)},
    ).sealed()


def _writes(
    desk: Table,
    change: Change,
    happened: Sequence[Event],
    attempt: idempotency.Attempt | None,
    counters: Sequence[Write],
    now: datetime,
) -> list[Write]:
    """The transaction; the attempt comes first, since a replay wins over any other refusal."""
    writes = [tickets.change(desk, change.ticket)]
    writes += [events.creation(desk, event, change.ticket.shard) for event in happened]
    if change.message:
        writes.append(messages.creation(desk, change.message))
        if attempt:
            writes.insert(0, idempotency.creation(desk, attempt, change.message, now))
    linked = [attachments.change(desk, attachment, AttachmentState.CLEAN) for attachment in change.linked]
    return [*writes, *linked, *counters]
