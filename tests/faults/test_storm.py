"""Several customers and agents work while calls fail, providers misbehave and functions are killed; then quiet."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event, Thread

import pytest

from helpdesk.model.delivery import Channel
from helpdesk.store.codec import Item
from operations.redrive import redrive
from tests.faults import people, sms_gateway
from tests.faults.agreement import disagreements
from tests.faults.call import Call
from tests.faults.desk import Desk
from tests.faults.fault import FAULTS
from tests.faults.law import breaches
from tests.faults.promises import Log, Promise
from tests.faults.storm import StormyAgent, StormyCustomer
from tests.faults.workers import kill_one, workers

SEED = 20261123
CUSTOMERS, AGENTS, ACTIONS_EACH = 8, 4, 42
CHANCES = {
    "throttled": 0.03,
    "failed": 0.02,
    "conflict": 0.03,
    "failed_after": 0.02,
    "lost_answer": 0.02,
    "reset": 0.02,
    "late": 0.005,
    "late_answer": 0.005,
    "duplicate": 0.02,
}
MOODS = {
    sms_gateway.good: 80,
    sms_gateway.fails: 4,
    sms_gateway.hangs_up: 4,
    sms_gateway.talks_nonsense: 4,
    sms_gateway.is_out_of_credit: 4,
    sms_gateway.refuses_in_the_body: 4,
}
ACTIONS_BETWEEN_KILLS = 20
REST_SECONDS = 240


def test_nothing_is_lost_in_a_storm(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log, before, accepted_before = Log(), told(desk.items()), desk.gateway.accepted

    with storm(desk, log) as killed, ThreadPoolExecutor(CUSTOMERS + AGENTS) as pool:
        list(pool.map(lambda person: person.work(ACTIONS_EACH), everybody(desk, log)))
    redriven = calm(desk, monkeypatch)

    items = desk.items()
    states = told(items) - before
    figures = {
        "actions": dict(log.actions),
        "promises": len(log.promises),
        "answers": dict(log.statuses),
        "slowest": f"{log.slowest:.1f} s",
        "faults": desk.proxy.injected.total(),
        "killed": len(killed),
        "dead letters sent back": redriven,
        "ledger": dict(sorted(states.items())),
    }
    with capsys.disabled():
        sys.stdout.write(f"\nstorm of seed {SEED}: {log.actions.total()} actions, {figures}\n")
    assert log.actions.total() >= 500
    assert not {500, 504} & log.statuses.keys()
    assert breaches(items) == []
    assert disagreements(items) == []
    assert broken_promises(log.promises, items) == []
    assert [text for text, number in said(items).items() if number > 1 and text in log.texts] == []
    sent, unknown = states["sms sent"], states["sms unknown"]
    assert 0 < sent <= desk.gateway.accepted - accepted_before <= sent + unknown  # to nobody twice


def told(items: list[Item]) -> Counter[str]:
    """The ledger's rows by channel and state."""
    rows = [item for item in items if item["pk"]["S"].startswith("DELIVERY#")]
    return Counter(f"{row['channel']['S']} {row['state']['S']}" for row in rows)


def everybody(desk: Desk, log: Log) -> list[StormyCustomer | StormyAgent]:
    customers = [people.customer(desk) for _ in range(CUSTOMERS)]
    agents = [people.agent(desk, f"کارشناس {n}") for n in range(AGENTS)]
    colleagues = [it.id for it in agents]
    dice = random.Random(SEED)
    return [
        *(StormyCustomer(it, log, random.Random(dice.random())) for it in customers),
        *(StormyAgent(it, log, random.Random(dice.random()), colleagues=colleagues) for it in agents),
    ]


@contextmanager
def storm(desk: Desk, log: Log) -> Iterator[list[int]]:
    """Calls fail, the gateway has moods and functions are killed; yields the ids of those killed so far."""
    dice, over, killed = random.Random(SEED), Event(), list[int]()

    def kill_some() -> None:
        """One for so many actions: on a slow machine a function's start takes as long as many seconds of theirs."""
        while not over.wait(0.2):
            running = workers(desk.stack) if log.actions.total() // ACTIONS_BETWEEN_KILLS > len(killed) else []
            if running and kill_one(victim := dice.choice(running)):
                killed.append(victim)

    killer = Thread(target=kill_some)
    with ExitStack() as faults:
        for name, chance in CHANCES.items():
            faults.enter_context(desk.proxy.rule(is_known, FAULTS[name], chance=chance))
        faults.enter_context(desk.gateway.in_moods(MOODS, random.Random(SEED)))
        killer.start()
        try:
            yield killed
        finally:
            over.set()
            killer.join()


def is_known(call: Call) -> bool:
    return bool(call.caller)


def calm(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> int:
    """Send dead letters back, as an operator does when it is over, until there are none and nothing is under way."""
    for name, value in desk.stack_environment.items():
        monkeypatch.setenv(name, value)
    deadline, redriven = time.monotonic() + REST_SECONDS, 0
    while unrest := (desk.unrest() | desk.dead_letters()):
        assert time.monotonic() < deadline, f"after {REST_SECONDS} s there is still {unrest}"
        for channel in desk.dead_letters():
            redriven += redrive(desk.queue(Channel(channel), dead=True), desk.queue(Channel(channel)))
        time.sleep(1)
    return redriven


def said(items: list[Item]) -> Counter[str]:
    """How often each text of a message stands in the table."""
    return Counter(item["body"]["S"] for item in items if item["sk"]["S"].startswith(("MESSAGE#", "INTERNAL#")))


def broken_promises(promises: list[Promise], items: list[Item]) -> list[Promise]:
    """What was answered with a 2xx and does not stand there."""
    standing = set[Promise]()
    for item in items:
        kind, _, number = item["pk"]["S"].partition("#")
        match kind, item["sk"]["S"].partition("#")[0]:
            case "ATTACHMENT", _:
                standing.add(Promise("upload", number, "", item["owner_id"]["S"]))
            case "TICKET", "MESSAGE" | "INTERNAL":
                author = item["author"]["M"]["id"]["S"]
                standing |= {Promise("message", number, item["id"]["S"], author)}
                standing |= {Promise("ticket", number, item["body"]["S"], author)}
            case "TICKET", "EVENT":
                standing |= set(_of_event(item, number))
    return [promise for promise in promises if promise not in standing]


def _of_event(item: Item, number: str) -> Iterator[Promise]:
    data, actor = item["data"]["M"], item["actor"]["M"]["id"]["S"]
    yield Promise("assignee", number, data.get("assignee_id", {}).get("S", ""), "")
    yield Promise("priority", number, item["priority"]["S"], "")
    if data.get("status_now", {}).get("S") == "resolved":
        yield Promise("resolved", number, "", actor)
