"""A table that is throttled, slow or gone fails a request within five seconds, and the retry gives one ticket."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx
import pytest

from tests.faults.call import Call
from tests.faults.conftest import Opened
from tests.faults.desk import Desk
from tests.faults.fault import Fault, failed, late, reset, slow, throttled
from tests.faults.people import Someone
from tests.faults.test_use_cases import TICKET

LONGEST = 5.0
FAULTS = (throttled, failed, reset, late)


def on_table(name: str) -> Callable[[Call], bool]:
    """Calls of the two functions that name this table."""

    def matches(call: Call) -> bool:
        callers = ("customer_tickets", "agent_desk")
        return call.service == "dynamodb" and call.caller in callers and name.encode() in call.body

    return matches


def timed(send: Callable[[], httpx.Response]) -> tuple[httpx.Response, float]:
    began = time.monotonic()
    return send(), time.monotonic() - began


@pytest.mark.parametrize("table", ["sessions", "desk"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_table_that_does_not_work_is_said_within_five_seconds(
    desk: Desk, sara: Someone, reza: Someone, opened: Opened, fault: Fault, table: str
) -> None:
    number, key = opened(), str(uuid4())
    requests = (
        lambda: sara.web.call("POST", "/tickets", TICKET, key),
        lambda: reza.web.call("GET", "/queue"),
    )
    reza.web.get("/queue")  # its function has started by then

    with desk.proxy.rule(on_table(desk.table(table).name), fault), ThreadPoolExecutor(len(requests)) as pool:
        answers = list(pool.map(timed, requests))

    assert [answer.status_code for answer, _ in answers] == [503] * len(requests)
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer, _ in answers)
    assert [seconds for _, seconds in answers if seconds > LONGEST] == []
    retried = [sara.web.call("POST", "/tickets", TICKET, key) for _ in range(2)]
    assert [answer.status_code for answer in retried] == [201, 201]
    assert {ticket["number"] for ticket in sara.web.get("/tickets")["items"]} == {number, retried[0].json()["number"]}


def test_many_slow_calls_in_a_row_are_bounded_too(desk: Desk, sara: Someone, opened: Opened) -> None:
    """Each call by itself takes less than our clients wait; three of them take a second and a half each."""
    number = opened()

    with desk.proxy.rule(lambda call: call.caller == "customer_tickets", slow):
        answer, seconds = timed(lambda: sara.web.call("POST", f"/tickets/{number}/messages", {"body": "؟"}, "k"))

    assert (answer.status_code, seconds < LONGEST) == (503, True)
    assert sara.web.call("POST", f"/tickets/{number}/messages", {"body": "؟"}, "k").status_code == 201
    assert len(sara.web.get(f"/tickets/{number}")["messages"]["items"]) == 2
