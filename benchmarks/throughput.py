"""Through the whole local stack: requests per second, and the CPU that they and all that follows them take."""

import itertools
import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx

from benchmarks.report import Section, Table
from benchmarks.scene import AGENT_TOKEN, PEOPLE_ITEMS, REZAS_SESSION, SARA, SARAS_SESSION, TEXT
from helpdesk.model.tokens import token_id
from helpdesk.store import customers, sessions
from helpdesk.store.table import Table as Store
from local.emulator import free_port
from local.stack import LocalStack

CLIENTS = (1, 8, 32)
REQUESTS = 120
SECONDS = 10.0
PEOPLE = 32
QUIET, PATIENCE = 0.15, 20.0
"""The stack rests when it uses less than this share of a core; it is waited for so many seconds at most."""
METHOD = f"""\
A stack of its own on 127.0.0.1, as `make run` starts it: MiniStack, an emulator of AWS in Python, with the functions
as its processes. Each number of clients sends up to {REQUESTS} requests of one kind, for {SECONDS:.0f} s at most, every
client one after the other on a connection that it keeps. CPU seconds are those of the emulator and all functions, from
the first request until the stack rests again: events relayed, notifications written, reports counted. The clients' are
not in it. 503 is what a function answers when a table takes more than two seconds. These are figures of an emulator:
they are there to be set beside another desk's on the same machine."""


@dataclass(frozen=True)
class Operation:
    """A kind of request; `send` makes the nth of them, `prepare` what they need, before anything is measured."""

    name: str
    send: Callable[[httpx.Client, int], httpx.Response]
    prepare: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Run:
    """What one number of clients saw of one operation; seconds.

    Args:
        taken: of each answer.
        refused: how many requests were answered with 503.
    """

    taken: Sequence[float]
    refused: int
    elapsed: float
    cpu: float


class Desk:
    """The five operations on one stack."""

    def __init__(self, stack: LocalStack) -> None:
        self._public, self._internal = stack.file.public_api, stack.file.internal_api
        self._people = _let_in(stack)
        self._as_agent = {"Authorization": f"Bearer {AGENT_TOKEN}"}
        self._opened: list[dict[str, Any]] = []
        self._answered = itertools.count()

    def operations(self) -> list[Operation]:
        """In the order in which a stack can take them: what is answered was opened before."""
        return [
            Operation("open a ticket", self._open),
            Operation("list my tickets", lambda client, n: self._get(client, n, "/tickets")),
            Operation("read a thread", self._read),
            Operation("reply", self._reply, self._look_at_new_ones),
            Operation("read the queue of a topic", self._queue),
        ]

    def _open(self, client: httpx.Client, n: int) -> httpx.Response:
        body = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": TEXT}
        headers = {**self._as_customer(n), "Idempotency-Key": str(uuid4())}
        answer = client.post(f"{self._public}/tickets", json=body, headers=headers)
        if answer.is_success:
            self._opened.append(answer.json() | {"owner": n})
        return answer

    def _read(self, client: httpx.Client, n: int) -> httpx.Response:
        ticket = self._opened[n % len(self._opened)]
        return self._get(client, ticket["owner"], f"/tickets/{ticket['number']}")

    def _reply(self, client: httpx.Client, _: int) -> httpx.Response:
        ticket = self._opened[next(self._answered) % len(self._opened)]
        body = {"body": TEXT, "based_on": ticket["last_message_id"]}
        headers = {**self._as_agent, "Idempotency-Key": str(uuid4())}
        answer = client.post(f"{self._internal}/tickets/{ticket['number']}/messages", json=body, headers=headers)
        if answer.is_success:
            ticket["last_message_id"] = answer.json()["id"]
        return answer

    def _look_at_new_ones(self) -> None:
        """An answer says which message it was written after."""
        for ticket in self._opened:
            if "last_message_id" not in ticket:
                answer = httpx.get(f"{self._internal}/tickets/{ticket['number']}", headers=self._as_agent, timeout=60)
                ticket["last_message_id"] = answer.json()["last_message_id"]

    def _queue(self, client: httpx.Client, _: int) -> httpx.Response:
        return client.get(f"{self._internal}/queue", params={"topic": "credit"}, headers=self._as_agent)

    def _get(self, client: httpx.Client, n: int, path: str) -> httpx.Response:
        return client.get(f"{self._public}{path}", headers=self._as_customer(n))

    def _as_customer(self, n: int) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._people[n % len(self._people)]}"}


def _let_in(stack: LocalStack) -> list[str]:
    """Put customers and an agent with their sessions into the tables; the customers' tokens."""
    desk, table = (Store(stack.cloud.dynamodb, stack.outputs[name]) for name in ("DeskTable", "SessionsTable"))
    tokens = [f"customer-{n}" for n in range(PEOPLE)]
    for token in tokens:
        desk.apply(customers.creation(desk, replace(SARA, id=token, phone=f"+98912{token[9:]:0>7}")))
        table.apply(sessions.creation(table, replace(SARAS_SESSION, id=token_id(token), account_id=token)))
    desk.client.put_item(TableName=desk.name, Item=PEOPLE_ITEMS[1])
    table.apply(sessions.creation(table, REZAS_SESSION))
    return tokens


def measure() -> Section:
    """Each operation by each number of clients."""
    with TemporaryDirectory() as folder, LocalStack.start(free_port(), Path(folder)) as stack:
        desk = Desk(stack)
        _warm_up(desk)
        rows = [_row(operation, clients) for clients in CLIENTS for operation in desk.operations()]
    columns = ("operation", "clients", "answered", "503", "per second", "milliseconds", "CPU s per 1,000")
    return Section("Through the whole local stack", METHOD, [Table(columns, rows)])


def _warm_up(desk: Desk) -> None:
    """Every function has started before anything is measured."""
    with httpx.Client(timeout=60) as client:
        for operation in desk.operations():
            operation.prepare()
            for n in range(PEOPLE // 8):
                _seconds(operation, client, n)
    _rest()


def _row(operation: Operation, clients: int) -> list[str]:
    run = _run(operation, clients)
    milliseconds = [taken * 1000 for taken in run.taken]
    spread = f"{statistics.median(milliseconds):.0f} ({min(milliseconds):.0f}-{max(milliseconds):.0f})"
    rate, cpu = len(run.taken) / run.elapsed, run.cpu / len(run.taken) * 1000
    return [operation.name, str(clients), str(len(run.taken)), str(run.refused), f"{rate:.1f}", spread, f"{cpu:.1f}"]


def _run(operation: Operation, clients: int) -> Run:
    operation.prepare()
    numbers = itertools.count()
    busy, began = _cpu_seconds(), time.monotonic()

    def work(_: int) -> list[float | None]:
        taken = []
        with httpx.Client(timeout=60) as client:
            while (n := next(numbers)) < REQUESTS and time.monotonic() - began < SECONDS:
                taken.append(_seconds(operation, client, n))
        return taken

    with ThreadPoolExecutor(clients) as pool:
        made = list(itertools.chain.from_iterable(pool.map(work, range(clients))))
    elapsed = time.monotonic() - began
    _rest()
    taken = [seconds for seconds in made if seconds is not None]
    return Run(taken, len(made) - len(taken), elapsed, _cpu_seconds() - busy)


def _seconds(operation: Operation, client: httpx.Client, n: int) -> float | None:
    """How long the answer took; None if the stack was too busy to give one."""
    began = time.perf_counter()
    answer = operation.send(client, n)
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        return None
    if not answer.is_success:
        raise RuntimeError(f"{operation.name}: {answer.status_code} {answer.text}")
    return time.perf_counter() - began


def _rest() -> None:
    """Wait until what the requests set off is done."""
    deadline = time.monotonic() + PATIENCE
    before = _cpu_seconds()
    while time.monotonic() < deadline:
        time.sleep(1)
        now = _cpu_seconds()
        if now - before < QUIET:
            return
        before = now


def _cpu_seconds() -> float:
    """Of all processes below this one, and of those of theirs that have ended."""
    found = [_stat(path) for path in Path("/proc").glob("[0-9]*/stat")]
    below, size = {os.getpid()}, 0
    while len(below) > size:
        size = len(below)
        below |= {pid for pid, parent, _ in found if parent in below}
    ticks = sum(times for pid, _, times in found if pid in below - {os.getpid()})
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(path: Path) -> tuple[int, int, int]:
    """A process, its parent and its clock ticks; a process that ended meanwhile is nobody's."""
    try:
        pid, _, rest = path.read_text().partition(" ")
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0, 0
    fields = rest.rpartition(")")[2].split()
    return int(pid), int(fields[1]), sum(map(int, fields[11:15]))
