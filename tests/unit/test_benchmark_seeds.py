"""The benchmark's tickets are what the store would have written."""

import json

from benchmarks import seeds
from benchmarks.scene import NOBODY, put_item
from helpdesk.model.message import Message
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import keys, messages, tickets
from helpdesk.store.codec import Item, from_item

TEXTS = [json.dumps(items, ensure_ascii=False).encode() for items in seeds.patterns()]


def _items(n: int) -> list[Item]:
    pattern, values = seeds.filling(n)
    text = TEXTS[pattern]
    for sign, value in values:
        text = text.replace(sign, value)
    found: list[Item] = json.loads(text)
    return found


def test_a_seeded_ticket_stands_where_the_store_would_put_it() -> None:
    for n in (0, 3, 16, 96, 999_999):
        ticket, message, _ = _items(n)

        assert ticket == put_item(tickets.creation(NOBODY, from_item(Ticket, ticket)))
        assert message == put_item(messages.creation(NOBODY, from_item(Message, message)))
        assert ticket["pk"]["S"] == keys.ticket_partition(seeds.number(n))


def test_half_of_the_seeded_tickets_wait_and_no_number_comes_twice() -> None:
    found = [from_item(Ticket, _items(n)[0]) for n in range(640)]

    assert sum(ticket.status == Status.CLOSED for ticket in found) == 320
    assert len({ticket.number for ticket in found}) == 640
