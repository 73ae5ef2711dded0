"""What the reports count, and what they make of it."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.sla import load_sla
from helpdesk.model.errors import HelpdeskError
from helpdesk.model.event import Event, EventType
from helpdesk.model.figures import NOBODY, counted, percentile, running_backlog, total
from helpdesk.model.people import SYSTEM, Actor, Kind, Role, Session
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket
from helpdesk.model.ticket_changes import changes

SLA = load_sla()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:30 in Tehran
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
SARA = Actor(Kind.CUSTOMER, "sara", "سارا")
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", NOW, NOW, NOW, Role.SUPERVISOR)
UNSOLVED = (Status.OPEN, Status.PENDING)
OPENED = Ticket(
    number="4821937057",
    customer_id="sara",
    customer_name="سارا",
    subject="قسط",
    topic="credit",
    priority="normal",
    status=Status.OPEN,
    created_at=NOW,
    last_activity_at=NOW,
    last_message_id="1",
    clocks=SLA.waiting(Clocks(), "normal", NOW),
    shard=0,
)


def event(type_: EventType, ticket: Ticket, before: Ticket | None = None, actor: Actor = REZA.actor) -> Event:
    data = changes(before, ticket) if before else {}
    return Event("e", type_, NOW, ticket.number, "sara", ticket.topic, ticket.priority, actor, "", data)


def answered(at: datetime = NOW + 2 * HOUR) -> Ticket:
    return OPENED.with_answer("2", REZA, SLA, at)


def test_an_opened_ticket_is_one_more_of_its_topic_and_nobodys() -> None:
    found = counted(event(EventType.TICKET_OPENED, OPENED, actor=SARA))

    assert (found.cell.topic, found.cell.priority, found.cell.agent_id) == ("credit", "normal", NOBODY)
    assert (found.counts, found.backlog) == ({"opened": 1, "unsolved": 1}, {("credit", "normal"): 1})


def test_a_first_answer_counts_for_its_agent_with_its_time() -> None:
    found = counted(event(EventType.TICKET_ANSWERED, answered(), OPENED))

    assert found.cell.agent_id == "reza"
    assert found.counts["answered"] == 1
    assert percentile(found.counts, "first_response", 0.5) == pytest.approx(2 * 3600, rel=0.05)
    assert found.backlog == {}


def test_a_second_answer_is_no_first_response() -> None:
    again = answered().with_customer_message("3", SLA, NOW + 3 * HOUR)

    found = counted(event(EventType.TICKET_ANSWERED, again.with_answer("4", REZA, SLA, NOW + 4 * HOUR), again))

    assert found.counts == {"answered": 1}


def test_the_time_of_a_solution_leaves_out_what_the_customer_took() -> None:
    again = answered(NOW + HOUR).with_customer_message("3", SLA, NOW + timedelta(days=5))
    solved = again.resolved(SLA, WEEK, NOW + timedelta(days=5) + HOUR)

    found = counted(event(EventType.TICKET_RESOLVED, solved, again, SARA))

    assert found.cell.agent_id == "reza"  # whoever had the ticket
    assert found.counts["resolved"] == 1
    assert percentile(found.counts, "resolution", 0.5) == pytest.approx(2 * 3600, rel=0.05)
    assert found.backlog == {("credit", "normal"): -1}


def test_an_answer_that_solves_counts_as_both() -> None:
    found = counted(event(EventType.TICKET_ANSWERED, answered().resolved(SLA, WEEK, NOW + 2 * HOUR), OPENED))

    assert (found.counts["answered"], found.counts["resolved"]) == (1, 1)


@pytest.mark.parametrize("type_", [EventType.RESPONSE_BREACHED, EventType.RESOLUTION_BREACHED])
def test_a_breach_counts_for_whoever_has_the_ticket(type_: EventType) -> None:
    claimed = OPENED.claimed_by(REZA.actor)

    found = counted(event(type_, claimed, claimed, SYSTEM))

    assert found.cell.agent_id == "reza"
    assert found.counts == {"breached": 1, str(type_): 1}


def test_a_rating_counts_with_its_score() -> None:
    rated = event(EventType.TICKET_RATED, OPENED, OPENED, SARA)

    assert counted(replace(rated, data={**rated.data, "score": "4"})).counts == {"rated": 1, "score": 4}


STEPS: dict[str, Callable[[Ticket, datetime], Ticket]] = {
    "write": lambda ticket, now: ticket.with_customer_message("9", SLA, now),
    "answer": lambda ticket, now: ticket.with_answer("9", REZA, SLA, now),
    "resolve": lambda ticket, now: ticket.resolved(SLA, WEEK, now),
    "close": lambda ticket, now: ticket.closed(now),
    "topic": lambda ticket, _: ticket.with_topic("other" if ticket.topic == "credit" else "credit", REZA),
    "priority": lambda ticket, _: ticket.with_priority("urgent" if ticket.priority == "normal" else "normal", SLA),
    "both": lambda ticket, now: ticket.with_topic("documents", REZA).resolved(SLA, WEEK, now),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=15))
def test_whatever_happens_the_backlog_is_what_is_not_solved(happened: list[str]) -> None:
    ticket, backlog = OPENED, Counter(counted(event(EventType.TICKET_OPENED, OPENED)).backlog)
    for hours, step in enumerate(happened):
        with suppress(HelpdeskError):
            after = STEPS[step](ticket, NOW + hours * HOUR)
            backlog.update(counted(event(EventType.TICKET_CHANGED, after, ticket)).backlog)
            ticket = after

    standing = {place: number for place, number in backlog.items() if number}
    assert standing == ({(ticket.topic, ticket.priority): 1} if ticket.status in UNSOLVED else {})


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=200), st.sampled_from([0.5, 0.9]))
def test_a_percentile_is_right_to_a_twentieth(seconds: list[int], share: float) -> None:
    solved = [replace(OPENED, clocks=Clocks(resolution_spent=n), status=Status.RESOLVED) for n in seconds]
    counts = total(counted(event(EventType.TICKET_RESOLVED, ticket, OPENED)).counts for ticket in solved)

    exact = sorted(seconds)[ceil(share * len(seconds)) - 1]
    assert percentile(counts, "resolution", share) == pytest.approx(exact, rel=0.05, abs=1)


@given(st.integers(0, 99), st.lists(st.integers(-9, 9), max_size=40))
def test_the_backlog_of_a_day_is_what_stood_before_and_all_growth_since(standing: int, growths: list[int]) -> None:
    days = {date(2026, 1, 1) + timedelta(days=n): {"unsolved": growth} for n, growth in enumerate(growths)}

    found = running_backlog(standing, days)

    assert list(found.values()) == [standing + sum(growths[: n + 1]) for n in range(len(growths))]


def test_of_nothing_there_is_no_median() -> None:
    assert percentile({"opened": 3}, "resolution", 0.5) is None
