"""A ticket's life: who has the next word, and what the clocks say."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.sla import load_sla
from helpdesk.model.errors import (
    ClaimedError,
    ForbiddenError,
    HelpdeskError,
    NotRatableError,
    TicketClosedError,
    TransitionError,
)
from helpdesk.model.people import Actor, Kind, Role, Session, StaffMember
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket
from tests.support.template import ROOT

SLA = load_sla()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:30 in Tehran
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def agent(name: str = "رضا", role: Role = Role.AGENT) -> Session:
    return Session("", Kind.AGENT, name, name, "fa", NOW, NOW, NOW, role)


def opened(priority: str = "normal") -> Ticket:
    return Ticket(
        number="4821937057",
        customer_id="sara",
        customer_name="سارا",
        subject="قسط",
        topic="credit",
        priority=priority,
        status=Status.OPEN,
        created_at=NOW,
        last_activity_at=NOW,
        last_message_id="1",
        read_id="1",
        clocks=SLA.waiting(Clocks(), priority, NOW),
        shard=0,
    )


def answered(at: datetime = NOW + HOUR) -> Ticket:
    return opened().with_answer("2", agent(), SLA, at)


def resolved() -> Ticket:
    return answered().resolved(SLA, WEEK, NOW + HOUR)


def closed() -> Ticket:
    return resolved().closed(NOW + WEEK)


def test_an_answer_gives_the_word_to_the_customer_and_the_ticket_to_its_writer() -> None:
    ticket = answered()

    assert ticket.status == Status.PENDING
    assert ticket.assignee_name == "رضا"
    assert ticket.has_unread_answer
    assert ticket.clocks.response_due_at is None


@pytest.mark.parametrize("before", [answered, resolved])
def test_a_customers_message_opens_the_ticket_again(before: Callable[[], Ticket]) -> None:
    ticket = before().with_customer_message("3", SLA, NOW + 2 * HOUR)

    assert (ticket.status, ticket.close_at) == (Status.OPEN, None)
    assert ticket.clocks.waiting_since == NOW + 2 * HOUR


def test_further_messages_do_not_move_the_due_time() -> None:
    ticket = opened()

    again = ticket.with_customer_message("2", SLA, NOW + 3 * HOUR)

    assert again.clocks == ticket.clocks


def test_a_closed_ticket_takes_nothing_more() -> None:
    for what in ("customer", "answer", "claim", "release"):
        with pytest.raises(TicketClosedError):
            act(closed(), what, "9", NOW)
    with pytest.raises(TicketClosedError):
        closed().with_priority("high", SLA)


def test_an_agent_cannot_take_or_answer_a_colleagues_ticket() -> None:
    ticket = opened().claimed_by(Actor(Kind.AGENT, "leila", "لیلا"))

    with pytest.raises(ClaimedError):
        ticket.claimed_by(agent().actor)
    with pytest.raises(ClaimedError):
        ticket.with_answer("2", agent(), SLA, NOW)
    with pytest.raises(ForbiddenError):
        ticket.released(agent())


def test_a_supervisor_answers_for_a_colleague_and_leaves_the_ticket_with_her() -> None:
    ticket = opened().claimed_by(Actor(Kind.AGENT, "leila", "لیلا"))

    assert ticket.with_answer("2", agent("مدیر", Role.SUPERVISOR), SLA, NOW).assignee_name == "لیلا"
    assert ticket.released(agent("مدیر", Role.SUPERVISOR)).assignee_id is None


def test_claiming_twice_changes_nothing() -> None:
    ticket = opened().claimed_by(agent().actor)

    assert ticket.claimed_by(agent().actor) == ticket


def test_the_resolution_clock_stops_while_the_customer_has_the_word() -> None:
    ticket = answered(NOW + HOUR).with_customer_message("3", SLA, NOW + timedelta(days=5))

    left = SLA.calendar.between(NOW + timedelta(days=5), ticket.clocks.resolution_due_at or NOW)
    assert ticket.clocks.resolution_spent == HOUR.total_seconds()
    assert left == 31 * HOUR


@given(st.lists(st.sampled_from(["low", "normal", "high", "urgent"]), min_size=1))
def test_a_change_of_priority_counts_from_the_same_start(priorities: list[str]) -> None:
    ticket = opened()
    for priority in priorities:
        ticket = ticket.with_priority(priority, SLA)

    assert ticket.clocks == opened(priorities[-1]).clocks


@given(st.lists(st.sampled_from(["credit", "documents", "other"]), min_size=1))
def test_a_change_of_topic_leaves_the_clocks_alone(topics: list[str]) -> None:
    ticket = opened()
    for topic in topics:
        ticket = ticket.with_topic(topic, agent())

    assert (ticket.topic, ticket.clocks) == (topics[-1], opened().clocks)


def test_a_ticket_that_changes_its_topic_goes_back_into_the_queue() -> None:
    reza = agent()
    ticket = opened().claimed_by(reza.actor)

    assert ticket.with_topic("other", reza).assignee_id is None
    assert ticket.with_topic("credit", reza) == ticket


def test_an_agent_who_works_on_both_topics_keeps_the_ticket() -> None:
    reza = replace(agent(), topics=("credit", "other"))
    ticket = opened().claimed_by(reza.actor)

    assert ticket.with_topic("other", reza).assignee_id == reza.account_id
    assert ticket.with_topic("other", agent("مدیر", Role.SUPERVISOR)).assignee_id is None


@pytest.mark.parametrize(
    ("changes", "is_left"),
    [({}, False), ({"enabled": False}, True), ({"topics": ("other",)}, True), ({"id": "leila"}, False)],
)
def test_a_ticket_leaves_the_hands_of_who_works_on_it_no_more(changes: dict[str, Any], is_left: bool) -> None:
    member = replace(StaffMember("reza", "reza@desk.example", "رضا", Role.AGENT, ("credit",), True, NOW), **changes)
    ticket = opened().claimed_by(Actor(Kind.AGENT, "reza", "رضا"))

    assert (ticket.left_by(member).assignee_id is None) == is_left


def test_an_old_low_ticket_overtakes_a_new_urgent_one() -> None:
    old = opened("low").clocks.response_due_at
    new = SLA.waiting(Clocks(), "urgent", NOW + timedelta(days=7)).response_due_at

    assert old
    assert new
    assert old < new


def test_a_ticket_is_rated_once_and_in_time() -> None:
    rated = resolved().rated(5, "خوب", timedelta(days=14), NOW + WEEK)

    assert rated.rating == 5
    with pytest.raises(NotRatableError):
        rated.rated(1, "", timedelta(days=14), NOW + WEEK)
    with pytest.raises(NotRatableError):
        resolved().rated(5, "", timedelta(days=14), NOW + timedelta(days=15))
    assert closed().rated(4, "", timedelta(days=14), NOW + timedelta(days=13)).rating == 4
    with pytest.raises(NotRatableError):
        opened().rated(5, "", timedelta(days=14), NOW)


def written_transitions() -> set[tuple[Status, Status]]:
    """The table of docs/ticket-life.md."""
    lines = (ROOT / "docs" / "ticket-life.md").read_text(encoding="utf-8").splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    heading = next(row for row in table if row[0].startswith("from"))
    rows = [row for row in table if row[0] in list(Status)]
    return {
        (Status(row[0]), Status(heading[place])) for row in rows for place, mark in enumerate(row[1:], 1) if mark == "✓"
    }


ALLOWED = written_transitions()


def test_the_written_table_is_whole() -> None:
    assert {before for before, _ in ALLOWED} == {Status.OPEN, Status.PENDING, Status.RESOLVED}
    assert {after for _, after in ALLOWED} == set(Status)


@pytest.mark.parametrize("wanted", Status)
@pytest.mark.parametrize("build", [opened, answered, resolved, closed])
def test_only_the_allowed_statuses_follow(build: Callable[[], Ticket], wanted: Status) -> None:
    ticket = build()

    if (ticket.status, wanted) in ALLOWED:
        assert ticket.moved_to(wanted, SLA, WEEK, NOW).status == wanted
    else:
        with pytest.raises(TransitionError):
            ticket.moved_to(wanted, SLA, WEEK, NOW)


@given(st.lists(st.sampled_from(Status), max_size=12), st.lists(st.integers(0, 60), min_size=12, max_size=12))
def test_by_hand_a_ticket_goes_no_other_way_than_the_table_says(wanted: list[Status], hours: list[int]) -> None:
    ticket, now = opened(), NOW
    for status, pause in zip(wanted, hours, strict=False):
        now += pause * HOUR
        is_allowed = (ticket.status, status) in ALLOWED
        try:
            moved = ticket.moved_to(status, SLA, WEEK, now)
        except TransitionError:
            assert not is_allowed
            continue
        assert is_allowed
        assert moved.status == status
        assert (moved.clocks.response_due_at is not None) == (status == Status.OPEN)
        assert (moved.close_at is not None) == (status == Status.RESOLVED)
        ticket = moved


def act(ticket: Ticket, what: str, message_id: str, now: datetime) -> Ticket:
    match what:
        case "customer":
            return ticket.with_customer_message(message_id, SLA, now)
        case "answer":
            return ticket.with_answer(message_id, agent(), SLA, now)
        case "resolve":
            return ticket.resolved(SLA, WEEK, now)
        case "close":
            return ticket.closed(now)
        case "claim":
            return ticket.claimed_by(agent().actor)
    return ticket.released(agent())


@given(st.lists(st.sampled_from(["customer", "answer", "resolve", "close", "claim", "release"]), max_size=12))
def test_whatever_happens_the_clocks_run_just_while_we_have_the_word(happened: list[str]) -> None:
    ticket = opened()
    for n, what in enumerate(happened):
        with suppress(HelpdeskError):
            ticket = act(ticket, what, str(n), NOW + n * HOUR)

    is_ours = ticket.status == Status.OPEN
    assert (ticket.clocks.response_due_at is not None) == is_ours
    assert (ticket.clocks.resolution_due_at is not None) == is_ours
    assert (ticket.close_at is not None) == (ticket.status == Status.RESOLVED)
