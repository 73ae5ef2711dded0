"""The queue over a month and at 50,000 open tickets, on AWS's own engine: nobody starves, and no page costs more."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

import boto3
import pytest
from botocore.config import Config

from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.actions.reply_to_ticket import Reply, reply
from helpdesk.actions.watch_clocks import watch_clocks
from helpdesk.actions.work_queue import list_queue
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.identifiers import check_digit, new_id
from helpdesk.model.message import Visibility
from helpdesk.model.people import Actor, Kind, Role, Session
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import tickets
from helpdesk.store.codec import Item
from helpdesk.store.idempotency import Attempt
from helpdesk.store.table import Table
from tests.support.bulk import fill
from tests.support.counting import Call, counting
from tests.support.environment import REGION
from tests.support.template import create_table_request

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)  # Saturday 08:30 in Tehran
TOPICS = ("credit", "documents", "cheque_return", "other")
SARA = Session("", Kind.CUSTOMER, "sara", "سارا", "fa", NOW, NOW, NOW)
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", NOW, NOW, NOW, Role.AGENT, TOPICS)


@pytest.fixture
def office(dynamodb_local: str) -> Iterator[Office]:
    with _new_office(dynamodb_local) as made:
        yield made


@contextmanager
def _new_office(address: str) -> Iterator[Office]:
    """A desk table of its own on the engine."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=address,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(max_pool_connections=32),
    )
    name = f"desk-{new_id(datetime.now(UTC))}"
    client.create_table(**{**create_table_request("desk"), "TableName": name})
    yield Office(Table(client, name), load_rules(), load_sla(), shards=4)
    client.delete_table(TableName=name)


PAGES = {
    "everything": (16, 40.0),
    "the second page": (16, 40.0),
    "a topic": (4, 10.0),
    "nobody's": (16, 40.0),
    "mine": (4, 10.0),
}
"""Requests and capacity units of each page of 20."""

SLOT = timedelta(minutes=30)  # what an agent needs for a ticket
A_MONTH = timedelta(hours=26 * 8)
LOW_EVERY = 40  # slots


def _open(office: Office, priority: str, now: datetime) -> Ticket:
    request = TicketRequest("credit", priority, "قسط", "ثبت نشده است.", (), None)
    attempt = Attempt(SARA.account_id, f"{priority} {now}", "")
    return open_ticket(office, SARA, request, attempt=attempt, counters=[], now=now)


def _answer(office: Office, ticket: Ticket, now: datetime) -> None:
    written = Reply("بررسی شد.", Visibility.PUBLIC, ticket.last_message_id, (), resolve=True)
    reply(office, REZA, ticket.number, written, attempt=Attempt(REZA.account_id, ticket.number, ""), now=now)


def test_a_low_ticket_is_served_in_bounded_time_while_urgent_ones_keep_coming(office: Office) -> None:
    """In each half hour of a month an urgent ticket comes in, and the one agent answers whatever stands first.

    By priority alone a low ticket would never be reached: an urgent one waits at every turn.
    """
    calendar = load_sla().calendar
    waits: list[timedelta] = []
    opened, late_urgent = 0, timedelta()
    for slot in range(A_MONTH // SLOT):
        now = calendar.add(NOW, slot * SLOT + timedelta(seconds=1))
        urgent = _open(office, "urgent", now)
        if slot % LOW_EVERY == 0:
            _open(office, "low", now)
            opened += 1
        (first,), _ = list_queue(office, REZA, "credit", None, 1, None)
        _answer(office, first, now)
        waited = calendar.between(first.created_at, now)
        if first.priority == "low":
            waits.append(waited)
            assert first.number != urgent.number
        else:
            late_urgent = max(late_urgent, waited)

    target = timedelta(hours=load_rules().priorities["low"].first_response_hours)
    assert opened > 8
    assert len(waits) >= opened - 1  # the last one came in too near the month's end
    assert max(waits) <= target + opened * SLOT
    assert late_urgent <= opened * SLOT  # what the low ones took, and no more


type Reads = list[tuple[str, float]]
"""Each request that read something, with its capacity units."""


@dataclass(frozen=True)
class Meter:
    """What DynamoDB read for us."""

    calls: list[Call]

    def of(self, act: Callable[[], object]) -> Reads:
        """The reads of one thing done, whatever the order in which they were sent."""
        self.calls.clear()
        act()
        return sorted((call.operation, call.units) for call in self.calls if not call.is_write)


def _waiting(office: Office, n: int) -> Item:
    """The nth of many open tickets, one in ten of them in Reza's hands; all of one size."""
    digits = f"{n:09}"
    number = digits + check_digit(digits)
    clocks = load_sla().waiting(Clocks(), "normal", NOW)
    later = timedelta(seconds=n)
    ticket = Ticket(
        number=number,
        customer_id=f"customer-{n % 1000:03}",
        customer_name="سارا محمدی",
        subject="قسط دوم من ثبت نشده است",
        topic=TOPICS[n % len(TOPICS)],
        priority="normal",
        status=Status.OPEN,
        created_at=NOW,
        last_activity_at=NOW,
        last_message_id=new_id(NOW),
        clocks=replace(
            clocks,
            response_due_at=NOW + timedelta(days=1) + later,
            resolution_due_at=NOW + timedelta(days=9) + later,
        ),
        shard=n // len(TOPICS) % office.shards,
    )
    held = ticket.assigned_to(Actor(Kind.AGENT, REZA.account_id, "رضا"))
    ((_, put),) = tickets.creation(office.desk, held if n // len(TOPICS) % 10 == 0 else ticket).request.items()
    item: Item = put["Item"]
    return item


type Pages = dict[str, Reads]


def _pages(office: Office, meter: Meter) -> Pages:
    """The reads of each kind of page."""
    _, place = list_queue(office, REZA, None, None, 20, None)
    kinds: dict[str, tuple[str | None, str | None, str | None]] = {
        "everything": (None, None, None),
        "the second page": (None, None, place),
        "a topic": ("credit", None, None),
        "nobody's": (None, "none", None),
        "mine": (None, REZA.account_id, None),
    }
    return {name: meter.of(partial(_page, office, *kind)) for name, kind in kinds.items()}


def _page(office: Office, topic: str | None, assignee: str | None, after: str | None) -> None:
    page, _ = list_queue(office, REZA, topic, assignee, 20, after)
    assert len(page) == 20


@dataclass(frozen=True)
class Growth:
    """A desk with 50,000 open tickets, and what its pages cost when it had 1,000."""

    office: Office
    meter: Meter
    pages_of_few: Pages


@pytest.fixture(scope="module")
def growth(dynamodb_local: str) -> Iterator[Growth]:
    with _new_office(dynamodb_local) as office, counting(office.desk.client, capacity=True) as calls:
        meter = Meter(calls)
        fill(dynamodb_local, office.desk.name, [_waiting(office, n) for n in range(1_000)])
        few = _pages(office, meter)
        fill(dynamodb_local, office.desk.name, [_waiting(office, n) for n in range(1_000, 50_000)])
        yield Growth(office, meter, few)


def test_a_page_of_the_queue_costs_the_same_at_1000_and_50000_open_tickets(growth: Growth) -> None:
    pages = _pages(growth.office, growth.meter)

    assert pages == growth.pages_of_few
    assert {name: (len(reads), sum(units for _, units in reads)) for name, reads in pages.items()} == PAGES


def test_the_watcher_reads_what_ran_out_and_nothing_else(growth: Growth) -> None:
    desk, shards = growth.office.desk, range(growth.office.shards)

    def watched(now: datetime) -> Reads:
        return [read for shard in shards for read in growth.meter.of(partial(watch_clocks, desk, shard, now))]

    idle = watched(NOW)
    busy = watched(NOW + timedelta(days=1, milliseconds=2500))  # three tickets are due by then
    after = watched(NOW + timedelta(days=1, milliseconds=2500))

    assert [name for name, _ in idle] == ["Query"] * len(shards)
    assert Counter(name for name, _ in busy) == {"Query": len(shards), "BatchGetItem": 3}
    assert sum(units for _, units in busy) < 10
    assert after == idle
