"""Hot partitions: a thousand tickets a second for a day, and what the busiest partition keys have to bear."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from unittest.mock import patch

from moto import mock_aws

from benchmarks import seeds
from benchmarks.key_traffic import Place, Touch, key_traffic
from benchmarks.report import Section, Table
from benchmarks.use_cases import life
from benchmarks.use_cases.stage import stage
from helpdesk.actions import open_ticket
from helpdesk.model.identifiers import check_digit
from tests.support.bulk import fill
from tests.support.dynamodb_local import running
from tests.support.environment import ENVIRONMENT
from tests.support.template import load_template

SHARDS = int(ENVIRONMENT["QUEUE_SHARDS"])
MOST_SHARDS = int(load_template()["Parameters"]["QueueShards"]["MaxValue"])
A_DAY, RATE = 86_400, 1_000
WRITES, READS = 1_000, 3_000
"""What one partition bears in a second (developer guide of DynamoDB, "Designing partition keys")."""
TOPICS = ("credit", "credit", "credit", "credit", "documents", "documents", "cheque_return", "other")
"""Half of all tickets are about one topic: an even spread would flatter."""
LIVES = len(TOPICS) * SHARDS
WAITING = 1_000
"""Seeded tickets, half of them in the queue: a page of it is full in every shard."""
METHOD = f"""\
{LIVES} lives of a ticket, from its opening to its closing a week later, by the functions on DynamoDB Local, at a desk
with {WAITING // 2} others in the queue. Each request is taken apart into the partitions of table and indexes that it
touches, with the units it takes there: twice in a transaction, at both ends for an index entry that moves.
Half of the tickets are about one topic; the shards come in turn ({SHARDS} of them); every ticket has a customer and an
agent of its own. Below stands, of each kind of key that more than one ticket touches, the busiest. Means are for
{RATE:,} tickets a second; the busiest second is that of a day, drawn {A_DAY:,} times. A partition bears {WRITES:,}
write and {READS:,} read units a second: it is hot from so many tickets a second on, with {SHARDS} and with
{MOST_SHARDS} shards. Left out: what schedules read each minute, and counters of an address, which has a quota of
2,000 tickets an hour."""


@dataclass
class Load:
    """What the lives did to one partition: units of each touch, and which lives touched it."""

    place: Place
    writes: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    lives: set[int] = field(default_factory=set)

    def add(self, touch: Touch, life_number: int) -> None:
        """One touch more."""
        self.lives.add(life_number)
        if touch.write_units:
            self.writes.append(touch.write_units)
        if touch.read_units:
            self.reads.append(touch.read_units)

    @property
    def bears(self) -> float:
        """Tickets a second from which on it is hot."""
        return LIVES / max(sum(self.writes) / WRITES, sum(self.reads) / READS)

    @property
    def bears_at_most_shards(self) -> float:
        """The same with as many shards as the template allows: writes spread, a page of the queue reads them all."""
        spread = MOST_SHARDS / SHARDS if re.search(r"#\d$", self.place.partition) else 1
        return LIVES / max(sum(self.writes) / spread / WRITES, sum(self.reads) / READS)

    @property
    def kind(self) -> tuple[str, str]:
        """The index, and the key without what is numbered or named in it."""
        return self.place.index, re.sub(rf"\d[\d-]*|{'|'.join(TOPICS)}", "*", self.place.partition)


def measure() -> Section:
    """The busiest of each kind."""
    busiest: dict[tuple[str, str], Load] = {}
    for load in _loads():
        if len(load.lives) > 1:
            busiest[load.kind] = min(load, busiest.get(load.kind, load), key=lambda each: each.bears)
    columns = (
        "partition key",
        "in",
        "writes/s",
        "busiest s",
        "reads/s",
        "busiest s",
        "hot from",
        f"with {MOST_SHARDS} shards",
    )
    rows = [_row(load) for load in sorted(busiest.values(), key=lambda each: each.bears)]
    return Section("Hot partitions", METHOD, [Table(columns, rows)])


def _loads() -> Iterable[Load]:
    """Live all lives."""
    found: dict[Place, Load] = {}
    with running() as address, mock_aws(), stage(address) as made, key_traffic(made.dynamodb) as traffic:
        fill(address, "desk", [seeds.ticket_item(n) for n in range(WAITING)])
        for n in range(LIVES):
            traffic.touches.clear()
            customer = life.customer_at(made, f"customer-{n}", f"+98912{n:07}")
            agent = life.agent_at(made, f"agent-{n}")
            with patch.object(open_ticket, "new_ticket_number", lambda n=n: _number(n)):
                life.live(customer, agent, TOPICS[n // SHARDS])
            life.tell_all(made)
            life.close(made, datetime.now(UTC))
            life.tell_all(made)
            for touch in traffic.touches:
                if not _is_left_out(touch):
                    found.setdefault(touch.place, Load(touch.place)).add(touch, n)
    return found.values()


def _number(n: int) -> str:
    """A ticket number of the nth shard: a shard is the number's remainder."""
    numbers = (f"{digits:09}" for digits in range(n * 100, (n + 1) * 100))
    return next(whole for digits in numbers if int(whole := digits + check_digit(digits)) % SHARDS == n % SHARDS)


def _is_left_out(touch: Touch) -> bool:
    is_schedules = touch.place.index == "gsi5" and touch.read_units > 0
    return is_schedules or "_address#" in touch.place.partition


def _row(load: Load) -> list[str]:
    return [
        f"`{load.place.partition}`",
        load.place.index,
        *_shown(load.writes, WRITES),
        *_shown(load.reads, READS),
        f"{load.bears:,.0f}",
        f"{load.bears_at_most_shards:,.0f}",
    ]


def _shown(units: Sequence[float], limit: int) -> tuple[str, str]:
    """Mean and busiest second; what is above the limit is marked."""
    if not units:
        return "", ""
    each = sum(units) / len(units)
    peak = each * _busiest_second(RATE * len(units) / LIVES)
    return f"{RATE * sum(units) / LIVES:,.0f}", f"**{peak:,.0f}**" if peak > limit else f"{peak:,.0f}"


def _busiest_second(mean: float) -> int:
    """The most touches in a second of the day, where so many come in the mean and none waits for another."""
    trials = round(mean * 20)
    return max(random.binomialvariate(trials, 1 / 20) for _ in range(A_DAY))
