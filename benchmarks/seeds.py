"""Many tickets, fast: items of the store's own builders, made once of each kind and filled in as text.

Half of the tickets wait in the queue, one in ten of those in Reza's hands; the other half are closed. Each stands there
with its first message and the event that opened it; hashes are those of the pattern. All belong to few customers,
so that the partitions of the indexes grow with the desk.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

from benchmarks.scene import NOBODY, REZA, SARA, TEXT, put_item
from helpdesk.actions.office import Office
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import check_digit, new_id
from helpdesk.model.message import Message, Visibility
from helpdesk.model.people import Actor, Kind
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import events, messages, tickets
from helpdesk.store.codec import Item, timestamp

OFFICE = Office(NOBODY, load_rules(), load_sla(), shards=4)
TOPICS = tuple(OFFICE.rules.topics)
CUSTOMERS = (SARA.id, *(f"CUSTOMER-{n:017}" for n in range(1, 20)))

_KINDS = tuple(product(TOPICS, range(OFFICE.shards), ("waiting", "held", "closed")))
_PATTERNS = {kind: n for n, kind in enumerate(_KINDS)}
_MESSAGE, _EVENT, _OWNER = (f"0-{name:-^22}-0" for name in ("MESSAGE", "EVENT", "OWNER"))  # as long as an id
_OPENED = datetime(2001, 1, 1, tzinfo=UTC)
_DUE = datetime(2001, 1, 2, tzinfo=UTC)
_FIRST_OPENED = datetime(2025, 3, 1, tzinfo=UTC)
_FIRST_DUE = datetime(2099, 3, 1, tzinfo=UTC)  # nothing of what was seeded ever runs out
_SCATTER = 387_420_489  # no common divisor with 10⁹: numbers come in no order, and none comes twice


def patterns() -> list[list[Item]]:
    """The items of one ticket of each kind, with signs in the places of what `filling` gives."""
    return [
        _items(_ticket(number=_number_sign(n), topic=topic, shard=shard, kind=kind))
        for n, (topic, shard, kind) in enumerate(_KINDS)
    ]


def filling(n: int) -> tuple[int, list[tuple[bytes, bytes]]]:
    """For the nth ticket: which pattern it is of, and what goes in the places of the pattern's signs.

    Topic and shard in turn, then waiting and closed, then the customer; every tenth of those that wait is held.
    """
    round_ = n // 16
    kind = "closed" if round_ % 2 else "held" if round_ // 2 % 10 == 3 else "waiting"
    pattern = _PATTERNS[TOPICS[n % 4], n // 4 % 4, kind]
    opened, due = (timestamp(first + timedelta(seconds=30 * n)) for first in (_FIRST_OPENED, _FIRST_DUE))
    texts = [
        (_number_sign(pattern), number(n)),
        (_MESSAGE, f"01J{n:023}"),
        (_EVENT, f"01K{n:023}"),
        (_OWNER, CUSTOMERS[round_ // 2 % len(CUSTOMERS)]),
        (timestamp(_OPENED), opened),
        (timestamp(_DUE), due),
        (f"{_OPENED:%Y-%m-%d}", opened[:10]),
    ]
    return pattern, [(sign.encode(), value.encode()) for sign, value in texts]


def ticket_item(n: int) -> Item:
    """The nth ticket alone."""
    pattern, values = filling(n)
    text = json.dumps(_pattern_ticket(pattern), ensure_ascii=False).encode()
    for sign, value in values:
        text = text.replace(sign, value)
    item: Item = json.loads(text)
    return item


@cache
def _pattern_ticket(pattern: int) -> Item:
    return patterns()[pattern][0]


def late(count: int) -> list[Item]:
    """Tickets that should have been answered yesterday, under numbers that no other has."""
    now = datetime.now(UTC)
    opened, due = now - timedelta(days=3), now - timedelta(days=1)
    made = (_waiting(_checked(10**9 - 1 - n), "late", "late", opened, due, n % OFFICE.shards) for n in range(count))
    whole = (replace(ticket, last_event_id=new_id(opened), last_message_id=new_id(opened)) for ticket in made)
    return [put_item(tickets.creation(NOBODY, ticket)) for ticket in whole]


def number(n: int) -> str:
    """The number of the nth ticket: in no order, as if drawn."""
    return _checked(n * _SCATTER % 10**9)


def _checked(n: int) -> str:
    digits = f"{n:09}"
    return digits + check_digit(digits)


def _number_sign(pattern: int) -> str:
    return f"0-NUMBER{pattern:02}"


def _ticket(number: str, topic: str, shard: int, kind: str) -> Ticket:
    ticket = _waiting(number, _OWNER, _MESSAGE, _OPENED, _DUE, shard, topic)
    match kind:
        case "held":
            return ticket.assigned_to(Actor(Kind.AGENT, REZA.id, REZA.name))
        case "closed":
            solved = ticket.resolved(OFFICE.sla, timedelta(days=7), _OPENED)
            return replace(solved.closed(_OPENED), clocks=Clocks())
    return ticket


def _waiting(
    number: str, owner: str, message: str, opened: datetime, due: datetime, shard: int, topic: str = TOPICS[0]
) -> Ticket:
    waiting = OFFICE.sla.waiting(Clocks(), "normal", opened)
    return Ticket(
        number=number,
        customer_id=owner,
        customer_name=SARA.name,
        subject="قسط دوم من ثبت نشده است",
        topic=topic,
        priority="normal",
        status=Status.OPEN,
        created_at=opened,
        last_activity_at=opened,
        last_message_id=message,
        read_id=message,
        clocks=replace(waiting, response_due_at=due, resolution_due_at=due),
        shard=shard,
        last_event_id=_EVENT,
        history_hash="0" * 64,
        version=1,
    )


def _items(ticket: Ticket) -> list[Item]:
    author, opened = Actor(Kind.CUSTOMER, ticket.customer_id, SARA.name), ticket.created_at
    message = Message(ticket.last_message_id, ticket.number, author, Visibility.PUBLIC, TEXT, opened, (), salt="0" * 32)
    event = Event(
        id=_EVENT,
        type=EventType.TICKET_OPENED,
        at=opened,
        ticket_number=ticket.number,
        customer_id=ticket.customer_id,
        topic=ticket.topic,
        priority=ticket.priority,
        actor=author,
        previous_hash="",
        data=message.evidence,
    ).sealed()
    writes = [
        tickets.creation(NOBODY, ticket),
        messages.creation(NOBODY, message),
        events.creation(NOBODY, event, ticket.shard, OFFICE.local_day(opened)),
    ]
    return [_relayed(put_item(write)) if write is writes[-1] else put_item(write) for write in writes]


def _relayed(item: Item) -> Item:
    return {name: value for name, value in item.items() if not name.startswith("gsi5")}
