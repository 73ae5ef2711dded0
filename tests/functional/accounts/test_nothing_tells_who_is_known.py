"""Whoever tries numbers learns nothing: same answers, same requests, same work, same time.

Time is the processor's, so that other programs on the machine do not count. The hasher is the real one: of what a
sign-in or a registration takes, most is argon2, and leaving it out for one kind of number would more than halve it.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from statistics import median

import pytest
from argon2.profiles import RFC_9106_LOW_MEMORY

from helpdesk.actions.seed_people import create_customer
from helpdesk.model import passwords
from helpdesk.model.people import Customer
from helpdesk.store import accounts
from tests.functional.accounts.conftest import BEARER, PASSWORD, PHONE, Clock, CodeQueue
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call

UNKNOWN, UNCONFIRMED, DISABLED = "+989350000000", "+989350000001", "+989350000002"
NUMBERS = {"known": PHONE, "unknown": UNKNOWN, "unconfirmed": UNCONFIRMED, "disabled": DISABLED}
ROUNDS = 5
WRONG = "not-the-right-secret"

type Try = Callable[[str], Answer]


@pytest.fixture(autouse=True)
def _cheap_hasher() -> None:
    """Not here."""


@pytest.fixture
def numbers(panel: Client, sara: Customer, clock: Clock, aws: Aws) -> Mapping[str, str]:
    """A number of each kind, in a window of the throttles that has just begun."""
    clock.now = clock.now.replace(hour=8, minute=0)
    panel("POST", "/registrations", {"phone": UNCONFIRMED, "name": "نیما", "password": PASSWORD})
    table = aws.table("accounts")
    disabled = create_customer(table, aws.table("desk"), "امید", DISABLED, PASSWORD, clock.now)
    credentials = accounts.find(table, disabled.id)
    assert credentials
    table.commit([accounts.change(table, replace(credentials, enabled=False))])
    clock.forward(seconds=90)
    return NUMBERS


@pytest.fixture
def compare(
    numbers: Mapping[str, str], clock: Clock, requests: list[Call], hashings: list[str]
) -> Callable[..., dict[str, float]]:
    """Try each kind of number in turn, again and again: always the same answer and work; gives median seconds."""

    def medians(attempt: Try, status: int, pause: float, hashed: list[str]) -> dict[str, float]:
        seconds: dict[str, list[float]] = {kind: [] for kind in numbers}
        works: set[tuple[tuple[Call, ...], tuple[str, ...]]] = set()
        shapes: set[tuple[int, str, str]] = set()
        for _ in range(ROUNDS):
            for kind, phone in numbers.items():
                requests.clear()
                hashings.clear()
                began = time.process_time()
                answer = attempt(phone)
                seconds[kind].append(time.process_time() - began)
                works.add((tuple(requests), tuple(hashings)))
                shapes.add((answer.status, str(_without_ids(answer.body)), str(sorted(answer.headers.items()))))
            clock.forward(seconds=pause)
        assert len(shapes) == 1
        assert {answer_status for answer_status, *_ in shapes} == {status}
        assert len(works) == 1
        assert [list(hashes) for _, hashes in works] == [hashed]
        return {kind: median(times) for kind, times in seconds.items()}

    return medians


def _without_ids(body: dict[str, object]) -> dict[str, object]:
    return {name: "an id" if name.endswith("_id") else value for name, value in body.items()}


def _spread(medians: Mapping[str, float]) -> float:
    return max(medians.values()) / min(medians.values())


def test_the_hasher_is_the_real_one() -> None:
    assert passwords._HASHER.memory_cost == RFC_9106_LOW_MEMORY.memory_cost


def test_a_refused_sign_in_takes_the_same_for_every_number(
    panel: Client, compare: Callable[..., dict[str, float]]
) -> None:
    def attempt(phone: str) -> Answer:
        return panel("POST", "/sessions", {"phone": phone, "password": WRONG, **BEARER})

    assert _spread(compare(attempt, 401, 20, ["verify"])) < 1.5


def test_the_bound_would_notice_a_sign_in_without_argon2(
    panel: Client, numbers: Mapping[str, str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seconds() -> float:
        clock.forward(seconds=20)
        began = time.process_time()
        panel("POST", "/sessions", {"phone": UNKNOWN, "password": WRONG, **BEARER})
        return time.process_time() - began

    with_it = median(seconds() for _ in range(3))
    monkeypatch.setattr("helpdesk.actions.sign_in.verify_password", lambda *_: False)
    without = median(seconds() for _ in range(3))

    assert with_it / without > 1.5


def test_a_registration_takes_the_same_for_every_number(
    panel: Client, compare: Callable[..., dict[str, float]], sms: CodeQueue
) -> None:
    def attempt(phone: str) -> Answer:
        return panel("POST", "/registrations", {"phone": phone, "name": "سارا", "password": PASSWORD})

    assert _spread(compare(attempt, 202, 70, ["hash"])) < 1.5


def test_a_reset_takes_the_same_for_every_number(
    panel: Client, compare: Callable[..., dict[str, float]], sms: CodeQueue
) -> None:
    def attempt(phone: str) -> Answer:
        return panel("POST", "/password-resets", {"phone": phone})

    assert _spread(compare(attempt, 202, 70, [])) < 2


@pytest.mark.parametrize(("path", "body"), [("registrations", {}), ("password-resets", {"password": PASSWORD})])
def test_a_wrong_code_takes_the_same_for_every_number(
    panel: Client, compare: Callable[..., dict[str, float]], numbers: Mapping[str, str], path: str, body: dict[str, str]
) -> None:
    more = {"name": "سارا", "password": PASSWORD} if path == "registrations" else {}
    started = {phone: panel("POST", f"/{path}", {"phone": phone, **more}).body for phone in numbers.values()}
    ids = {
        phone: next(value for name, value in each.items() if name.endswith("_id")) for phone, each in started.items()
    }
    transport = BEARER if path == "registrations" else {}

    def attempt(phone: str) -> Answer:
        return panel("POST", f"/{path}/{ids[phone]}/confirm", {"code": "۱۲۳۴۵۶", **body, **transport})

    assert _spread(compare(attempt, 401, 1, [])) < 2


def test_a_locked_number_is_locked_in_the_same_words_known_or_not(
    panel: Client, numbers: Mapping[str, str], clock: Clock, hashings: list[str]
) -> None:
    for _ in range(5):
        for phone in numbers.values():
            panel("POST", "/sessions", {"phone": phone, "password": WRONG, **BEARER})
    hashings.clear()

    answers = [panel("POST", "/sessions", {"phone": p, "password": PASSWORD, **BEARER}) for p in numbers.values()]

    assert {(answer.status, str(answer.body), str(answer.headers)) for answer in answers} == {
        (429, str(answers[0].body), str(answers[0].headers))
    }
    assert hashings == []
