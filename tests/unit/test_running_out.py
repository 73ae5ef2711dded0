"""What time alone makes of a ticket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.edge.sla import load_sla
from helpdesk.model.event import EventType
from helpdesk.model.people import Kind, Role, Session
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket

SLA = load_sla()
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:30 in Tehran
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
MOMENT = timedelta(milliseconds=1)
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", NOW, NOW, NOW, Role.AGENT)
OPENED = Ticket(
    number="4821937057",
    customer_id="sara",
    customer_name="سارا",
    subject="قسط",
    topic="credit",
    priority="urgent",
    status=Status.OPEN,
    created_at=NOW,
    last_activity_at=NOW,
    last_message_id="1",
    clocks=SLA.waiting(Clocks(), "urgent", NOW),
    shard=0,
)


def _after(ticket: Ticket, now: datetime) -> tuple[Ticket, EventType]:
    breach = ticket.with_breach(now)
    assert breach
    return breach


def test_before_anything_is_due_nothing_happens() -> None:
    assert OPENED.with_breach(NOW + HOUR - MOMENT) is None


def test_the_answer_is_late_from_its_due_time_on() -> None:
    late, event_type = _after(OPENED, NOW + HOUR)

    assert event_type == EventType.RESPONSE_BREACHED
    assert late.clocks.response_breached_at == NOW + HOUR
    assert replace(late, clocks=OPENED.clocks) == OPENED


def test_it_is_told_of_once() -> None:
    late, _ = _after(OPENED, NOW + HOUR)

    assert late.with_breach(NOW + 2 * HOUR) is None


def test_after_the_answer_the_solution_comes_late() -> None:
    late, _ = _after(OPENED, NOW + WEEK)

    unsolved, event_type = _after(late, NOW + WEEK)

    assert event_type == EventType.RESOLUTION_BREACHED
    assert unsolved.with_breach(NOW + 9 * WEEK) is None


def test_an_answered_ticket_is_never_late() -> None:
    assert OPENED.with_answer("2", REZA, SLA, NOW).with_breach(NOW + 9 * WEEK) is None


def test_the_next_wait_can_come_late_again() -> None:
    late, _ = _after(OPENED, NOW + HOUR)
    again = late.with_answer("2", REZA, SLA, NOW + 2 * HOUR).with_customer_message("3", SLA, NOW + 3 * HOUR)

    assert again.with_breach(NOW + 4 * HOUR - MOMENT) is None
    assert _after(again, NOW + 4 * HOUR)[1] == EventType.RESPONSE_BREACHED


@pytest.mark.parametrize(("early", "status"), [(MOMENT, Status.RESOLVED), (timedelta(), Status.CLOSED)])
def test_a_resolved_ticket_closes_when_its_time_has_come(early: timedelta, status: Status) -> None:
    resolved = replace(OPENED.resolved(SLA, WEEK, NOW), closing_notice_at=None)

    present, _ = resolved.run_out(NOW + WEEK - early) or (resolved, None)

    assert present.status == status


def test_a_closed_ticket_has_no_time() -> None:
    closed, event_type = OPENED.resolved(SLA, WEEK, NOW).run_out(NOW + WEEK) or (OPENED, None)

    assert event_type == EventType.TICKET_CLOSED
    assert closed.run_out(NOW + 9 * WEEK) is None
    assert closed.with_breach(NOW + 9 * WEEK) is None


def test_a_day_before_it_closes_its_customer_is_told_once() -> None:
    resolved = OPENED.resolved(SLA, WEEK, NOW)
    notice_at = NOW + WEEK - timedelta(days=1)

    assert resolved.run_out(notice_at - MOMENT) is None
    told, event_type = resolved.run_out(notice_at) or (resolved, None)

    assert event_type == EventType.TICKET_CLOSING_SOON
    assert (resolved.next_alarm_at, told.next_alarm_at) == (notice_at, NOW + WEEK)
    assert told.run_out(NOW + WEEK - MOMENT) is None


def test_a_ticket_that_is_open_again_does_not_close_soon() -> None:
    resolved = OPENED.resolved(SLA, WEEK, NOW)

    assert resolved.with_customer_message("2", SLA, NOW + HOUR).closing_notice_at is None
