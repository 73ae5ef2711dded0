"""The summary over HTTP, from what happened at the desk to what a supervisor reads."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from helpdesk.actions.count_event import count_event
from helpdesk.aws import clients
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import SYSTEM
from helpdesk.model.queue_body import event_body
from helpdesk.store import events
from tests.functional.conftest import Answer, Aws, Client, SignIn
from tests.functional.desk.conftest import Employ, answered, id_of, opened, today
from tests.support.http_events import context

type Count = Callable[[], None]


@pytest.fixture
def count(aws: Aws) -> Count:
    """Let everything that happened reach the counters, twice."""

    def run() -> None:
        happened = [events.from_image(item) for item in aws.items("desk") if item["sk"]["S"].startswith("EVENT#")]
        records = [{"messageId": event.id, "body": event_body(event), "attributes": {}} for event in happened]
        counter = import_module("report_counter.app")
        for _ in range(2):
            assert counter.handler({"Records": records}, _context()) == {"batchItemFailures": []}

    return run


def _context() -> Any:
    asked = context()
    asked.get_remaining_time_in_millis = lambda: 30_000
    return asked


def _summary(boss: Client, first: str = "2026-01-01", last: str = "2026-01-01") -> Answer:
    return boss("GET", "/reports/summary", query={"from": first, "to": last})


@pytest.fixture
def a_days_work(customer: SignIn, employ: Employ, count: Count) -> Client:
    """Three tickets: one answered, one solved and rated, one waiting; the agent who did it."""
    sara, reza = customer(), employ("رضا")
    answered(reza, opened(sara, topic="credit", priority="high"))
    solved = opened(sara, topic="credit", priority="low")
    answered(reza, solved, resolve=True)
    sara("POST", f"/tickets/{solved}/rating", {"score": 4})
    opened(sara, topic="other", priority="low")
    count()
    return reza


def test_a_day_is_summed_up_once_however_often_events_come(a_days_work: Client, boss: Client) -> None:
    summary = _summary(boss, today(), today()).body

    whole = summary["whole"]
    assert [whole[name] for name in ("opened", "answered", "resolved", "breached", "rated")] == [3, 2, 1, 0, 1]
    assert whole["satisfaction"] == 4.0
    assert whole["first_response"]["median"] is not None
    assert whole["first_response"]["p90"] < 60
    assert [(day["day"], day["figures"]) for day in summary["days"]] == [(today(), whole)]


def test_it_is_told_by_topic_priority_and_agent(a_days_work: Client, boss: Client) -> None:
    summary = _summary(boss, today(), today()).body

    def opened_by(side: str) -> dict[str, int]:
        return {part["name"]: part["figures"]["opened"] for part in summary[side]}

    assert opened_by("topics") == {"credit": 2, "other": 1}
    assert opened_by("priorities") == {"high": 1, "low": 2}
    ((agent, figures),) = [(part["agent"], part["figures"]) for part in summary["agents"]]
    assert agent == {"id": id_of(a_days_work), "name": "رضا"}
    assert (figures["answered"], figures["resolved"]) == (2, 1)


def test_the_backlog_is_what_is_not_solved(a_days_work: Client, boss: Client) -> None:
    backlog = _summary(boss).body["backlog"]

    assert {(part["topic"], part["priority"]): part["unsolved"] for part in backlog} == {
        ("credit", "high"): 1,
        ("credit", "low"): 0,
        ("other", "low"): 1,
    }


def test_the_backlog_of_each_day_is_that_of_its_end(aws: Aws, boss: Client) -> None:
    """Over a month's end, with replays, a reopening and a move between topics; asked for from the middle of it."""
    opened_at = datetime(2026, 1, 30, 9, 0, tzinfo=UTC)
    happened = [
        (opened_at - timedelta(days=40), {}, EventType.TICKET_OPENED),
        (opened_at, {}, EventType.TICKET_OPENED),
        (opened_at + timedelta(days=1), {"topic": "other → credit", "status_now": "open"}, EventType.TICKET_CHANGED),
        (opened_at + timedelta(days=2), {"status": "open → resolved"}, EventType.TICKET_RESOLVED),
        (opened_at + timedelta(days=4), {"status": "resolved → open"}, EventType.CUSTOMER_REPLIED),
    ]
    for _ in range(2):
        for n, (at, data, type_) in enumerate(happened):
            event = Event(str(n), type_, at, "1", "c", "credit", "low", SYSTEM, "", data)
            count_event(aws.table("desk"), event, ZoneInfo("Asia/Tehran"), at)

    days = _summary(boss, "2026-01-29", "2026-02-04").body["days"]

    assert [day["unsolved"] for day in days] == [1, 2, 2, 1, 1, 2, 2]
    assert [day["unsolved"] for day in _summary(boss, "2026-02-01", "2026-02-02").body["days"]] == [1, 1]
    assert [day["unsolved"] for day in _summary(boss, "2025-12-20", "2025-12-22").body["days"]] == [0, 1, 1]


def test_a_period_has_a_day_for_each_by_both_calendars(boss: Client) -> None:
    days = _summary(boss, "2026-03-19", "2026-03-22").body["days"]

    assert [(day["day"], day["jalali"]) for day in days] == [
        ("2026-03-19", "1404-12-28"),
        ("2026-03-20", "1404-12-29"),
        ("2026-03-21", "1405-01-01"),
        ("2026-03-22", "1405-01-02"),
    ]
    assert days[0]["figures"]["first_response"] == {"median": None, "p90": None}


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2026-01-02", "2026-01-01", "to"),
        ("2026-01-01", "2026-04-03", "to"),
        ("yesterday", "2026-01-01", "from"),
        ("1", "2026-01-01", "from"),
        ("2026-02-30", "2026-03-01", "from"),
    ],
)
def test_a_period_that_is_none_is_refused(boss: Client, first: str, last: str, field: str) -> None:
    answer = _summary(boss, first, last)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert answer.body["errors"][0]["message"] != "درست نیست."


def test_ninety_two_days_may_be_asked_for(boss: Client) -> None:
    assert len(_summary(boss, "2026-01-01", "2026-04-02").body["days"]) == 92


def test_reports_are_not_for_agents(agent: SignIn) -> None:
    assert _summary(agent()).status == 403


def test_no_ticket_is_read_for_a_report(a_days_work: Client, boss: Client) -> None:
    read: list[str] = []

    def note(params: Any, **_: Any) -> None:
        values = params.get("ExpressionAttributeValues", {})
        read.append(next(iter(values.values()))["S"].split("#")[0])

    seen = clients.dynamodb().meta.events
    seen.register("provide-client-params.dynamodb.Query", note)
    try:
        _summary(boss, today(), today())
    finally:
        seen.unregister("provide-client-params.dynamodb.Query", note)

    days = date.fromisoformat(today()).day  # the backlog of a day comes from the month's beginning
    assert sorted(read) == [*["REPORT"] * (days + 1), "STAFF"]
