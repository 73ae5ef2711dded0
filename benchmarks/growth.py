"""Growth: the same requests on desks of a thousand, a hundred thousand and a million tickets."""

import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, redirect_stdout
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib import import_module
from io import StringIO
from itertools import product
from typing import Any

import tests.support.environment  # noqa: F401  (settings, before the functions read them)
from benchmarks import seeds
from benchmarks.baselines.by_hand import Handler
from benchmarks.report import Section, Table
from benchmarks.scene import AGENT_TOKEN, CUSTOMER_TOKEN, PEOPLE_ITEMS, SESSION_ITEMS, new_messages
from benchmarks.seeded import seeded, seeding_seconds
from helpdesk.aws import clients
from tests.support.bulk import fill
from tests.support.counting import counting, redirected
from tests.support.http_events import context, internal_event, public_event

LARGEST = int(os.environ.get("SIZE", "1000000"))
SIZES = [size for size in (1_000, 100_000, 1_000_000) if size <= LARGEST] or [LARGEST]
ROUNDS = 40
LATE = 3
"""Tickets that ran out when the watcher looks."""
METHOD = f"""\
Functions in this process, and behind them DynamoDB Local (AWS's own engine) with its file store, one engine for each
size. Half of the tickets wait in the queue, the other half are closed; each has its first message and its opening
event. All belong to twenty customers: one of the largest desk has {LARGEST // 20:,} tickets, and a partition of its
queue {LARGEST // 32:,}. Requests and capacity units are what the engine said of one request to the desk; they must
be the same at each size. Milliseconds are from event to answer, medians of {ROUNDS} requests in random order of sizes
and requests, in brackets the least and the most. The engine is SQLite and Java: they tell of growth, not of AWS."""


@dataclass(frozen=True)
class Look:
    """One request that is made at each size."""

    name: str
    function: str
    event: Mapping[str, Any]
    late: bool = False


@dataclass
class Desk:
    """One engine, and what was seen there: requests and units by look, and milliseconds."""

    size: int
    address: str
    counted: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    taken: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def forget(self) -> None:
        """What was seen so far."""
        self.counted.clear()
        self.taken.clear()


def measure() -> Section:
    """Every look at every size."""
    looks = _looks()
    with ExitStack() as stack:
        desks = [Desk(size, stack.enter_context(seeded(size))) for size in SIZES]
        for desk in desks:
            fill(desk.address, "sessions", SESSION_ITEMS)
            fill(desk.address, "desk", [*PEOPLE_ITEMS, *new_messages(seeds.number(0))])
            _look(desk, looks[-1])  # nothing late is left from a run that broke off
        for desk in desks:
            desk.forget()
        for _ in range(ROUNDS):
            for desk, look in _shuffled(desks, looks):
                _look(desk, look)
    return Section("Growth", METHOD, [_counted(desks, looks), _times(desks, looks), _seeding()])


def _shuffled(desks: Sequence[Desk], looks: Sequence[Look]) -> list[tuple[Desk, Look]]:
    pairs = list(product(desks, looks))
    return random.sample(pairs, len(pairs))


def _looks() -> list[Look]:
    customer, agent = ({"authorization": f"Bearer {token}"} for token in (CUSTOMER_TOKEN, AGENT_TOKEN))
    number, minute = seeds.number(0), {"source": "aws.scheduler"}
    return [
        Look("list my tickets", "customer_tickets", public_event("GET", "/tickets", customer, {}, None)),
        Look(
            "my open tickets", "customer_tickets", public_event("GET", "/tickets", customer, {"status": "open"}, None)
        ),
        Look("read a thread", "customer_tickets", public_event("GET", f"/tickets/{number}", customer, {}, None)),
        Look("read a thread, agent", "agent_desk", internal_event("GET", f"/tickets/{number}", agent, {}, None)),
        Look("the queue of a topic", "agent_desk", internal_event("GET", "/queue", agent, {"topic": "credit"}, None)),
        Look("the whole queue", "agent_desk", internal_event("GET", "/queue", agent, {}, None)),
        Look("sla_watcher, nothing late", "sla_watcher", minute),
        Look(f"sla_watcher, {LATE} late", "sla_watcher", minute, late=True),
    ]


def _look(desk: Desk, look: Look) -> None:
    handler: Handler = import_module(f"{look.function}.app").handler
    if look.late:
        fill(desk.address, "desk", seeds.late(LATE))
    client = clients.dynamodb()
    metered = counting(client, capacity=True)
    with redirected(client, desk.address), metered as calls, redirect_stdout(StringIO()):  # metrics
        began = time.perf_counter()
        answer = handler(look.event, context())
        taken = (time.perf_counter() - began) * 1000
    if answer and answer["statusCode"] != HTTPStatus.OK:
        raise RuntimeError(f"{look.name}: {answer}")
    desk.counted[look.name].add(f"{len(calls)}, {sum(call.units for call in calls):g}")
    desk.taken[look.name].append(taken)


def _counted(desks: Sequence[Desk], looks: Sequence[Look]) -> Table:
    rows = []
    for look in looks:
        seen = [desk.counted[look.name] for desk in desks]
        is_same = len(set.union(*seen)) == 1
        rows.append([look.name, *("; ".join(sorted(found)) for found in seen), "the same" if is_same else "differs"])
    return Table(("requests, capacity units", *(f"{desk.size:,}" for desk in desks), ""), rows)


def _times(desks: Sequence[Desk], looks: Sequence[Look]) -> Table:
    def row(name: str) -> list[str]:
        taken = [desk.taken[name] for desk in desks]
        growth = statistics.median(taken[-1]) / statistics.median(taken[0])
        return [name, *(_shown(each) for each in taken), f"{growth:.2f}"]

    columns = ("milliseconds", *(f"{desk.size:,}" for desk in desks), "largest / smallest")
    return Table(columns, [row(look.name) for look in looks])


def _shown(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken):.1f} ({min(taken):.1f}-{max(taken):.0f})"


def _seeding() -> Table:
    return Table(("tickets", "seeded in, s"), [(f"{size:,}", f"{seeding_seconds(size):.0f}") for size in SIZES])
