"""Every minute: what time alone does to tickets happens, once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.actions import agent_tickets, customer_tickets
from helpdesk.actions import change_ticket as change_ticket_module
from helpdesk.actions.change_ticket import change_ticket
from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.actions.reply_to_ticket import Reply, reply
from helpdesk.actions.watch_clocks import watch_clocks
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.message import Visibility
from helpdesk.model.people import SYSTEM, Kind, Role, Session
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import events, tickets
from helpdesk.store.idempotency import Attempt
from tests.functional.backstage.conftest import SARA, Backstage

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:30 in Tehran
DAY = timedelta(days=1)
CUSTOMER = Session("", Kind.CUSTOMER, SARA.id, SARA.name, "fa", NOW, NOW, NOW)
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", NOW, NOW, NOW, Role.SUPERVISOR)


@pytest.fixture
def office(backstage: Backstage) -> Office:
    """The rules by which the tickets are made."""
    return Office(backstage.desk, load_rules(), load_sla(), shards=4)


def _open(office: Office, priority: str = "urgent") -> Ticket:
    request = TicketRequest("credit", priority, "قسط", "ثبت نشده است.", (), None)
    attempt = Attempt(SARA.id, new_id(NOW), "")
    return open_ticket(office, CUSTOMER, request, attempt=attempt, counters=(), now=NOW)


type Watch = Callable[[datetime], None]


@pytest.fixture
def watch(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Let the watcher run at a given time."""

    def run(at: datetime) -> None:
        monkeypatch.setattr(backstage.function("sla_watcher"), "present", lambda: at)
        backstage.invoke("sla_watcher")

    return run


def _history(office: Office, number: str) -> list[Event]:
    return events.list_history(office.desk, number, 20, None)[0]


def _types(office: Office, number: str) -> list[EventType]:
    return [event.type for event in _history(office, number)]


def _present(office: Office, number: str) -> Ticket:
    ticket = tickets.find(office.desk, number)
    assert ticket
    return ticket


def test_nothing_happens_before_something_is_due(office: Office, watch: Watch) -> None:
    ticket = _open(office)

    watch(NOW + timedelta(minutes=59))

    assert _types(office, ticket.number) == [EventType.TICKET_OPENED]
    assert _present(office, ticket.number).version == ticket.version


def test_a_late_answer_is_told_of_once(office: Office, watch: Watch) -> None:
    ticket = _open(office)

    for minutes in (61, 62, 63):
        watch(NOW + timedelta(minutes=minutes))

    assert _types(office, ticket.number) == [EventType.RESPONSE_BREACHED, EventType.TICKET_OPENED]
    present = _present(office, ticket.number)
    assert present.clocks.response_breached_at == NOW + timedelta(minutes=61)
    assert present.status == Status.OPEN


def test_the_desk_itself_is_the_author(office: Office, watch: Watch) -> None:
    ticket = _open(office)

    watch(NOW + timedelta(minutes=61))

    assert _history(office, ticket.number)[0].actor == SYSTEM


def test_a_late_answer_and_a_late_solution_are_two_events_of_one_run(office: Office, watch: Watch) -> None:
    ticket = _open(office)

    watch(NOW + 9 * DAY)

    assert _types(office, ticket.number) == [
        EventType.RESOLUTION_BREACHED,
        EventType.RESPONSE_BREACHED,
        EventType.TICKET_OPENED,
    ]


def test_a_ticket_that_missed_both_is_looked_at_no_more(office: Office, watch: Watch, backstage: Backstage) -> None:
    ticket = _open(office)
    watch(NOW + 9 * DAY)

    assert list(tickets.list_run_out(backstage.desk, ticket.shard, NOW + 99 * DAY)) == []


def test_what_was_resolved_a_week_ago_closes(office: Office, watch: Watch) -> None:
    ticket = _open(office)
    customer_tickets.resolve_ticket(office, CUSTOMER, ticket.number, NOW)

    watch(NOW + 7 * DAY - timedelta(milliseconds=1))
    assert _present(office, ticket.number).status == Status.RESOLVED
    watch(NOW + 7 * DAY + timedelta(milliseconds=1))

    present = _present(office, ticket.number)
    assert (present.status, present.closed_at) == (Status.CLOSED, NOW + 7 * DAY + timedelta(milliseconds=1))
    closing, *_ = _history(office, ticket.number)
    assert (closing.type, closing.data) == (
        EventType.TICKET_CLOSED,
        {"status": "resolved → closed", "status_now": "closed"},
    )


def test_a_day_before_it_closes_its_customer_is_told_once(office: Office, watch: Watch) -> None:
    ticket = _open(office)
    customer_tickets.resolve_ticket(office, CUSTOMER, ticket.number, NOW)

    for minutes in (-1, 1, 2):
        watch(NOW + 6 * DAY + timedelta(minutes=minutes))

    soon, *_ = types = _types(office, ticket.number)
    assert soon == EventType.TICKET_CLOSING_SOON
    assert types.count(soon) == 1
    assert _present(office, ticket.number).status == Status.RESOLVED


def test_a_ticket_that_waits_for_the_customer_is_never_late(office: Office, watch: Watch) -> None:
    ticket = _open(office)
    agent_tickets.claim(office, REZA, ticket.number, NOW)
    patch = agent_tickets.TicketPatch(status=Status.PENDING)
    agent_tickets.change(office, REZA, ticket.number, patch, NOW)

    watch(NOW + 30 * DAY)

    assert EventType.RESPONSE_BREACHED not in _types(office, ticket.number)
    assert _present(office, ticket.number).status == Status.PENDING


def test_one_ticket_that_fails_does_not_stop_the_others(
    office: Office, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = _open(office), [_open(office) for _ in range(5)]

    def change(desk: Any, number: str, *rest: Any) -> Ticket:
        if number == broken.number:
            raise ValueError("undecodable")
        return change_ticket(desk, number, *rest)

    monkeypatch.setattr("helpdesk.actions.watch_clocks.change_ticket", change)
    with pytest.raises(ExceptionGroup) as failed:
        watch(NOW + timedelta(minutes=61))

    assert failed.group_contains(ValueError, match="undecodable")
    for ticket in sound:
        assert _types(office, ticket.number) == [EventType.RESPONSE_BREACHED, EventType.TICKET_OPENED]


def test_history_stays_chained(office: Office, watch: Watch) -> None:
    ticket = _open(office)

    watch(NOW + 9 * DAY + timedelta(microseconds=1000))

    solution, answer, opening = _history(office, ticket.number)
    assert [solution.previous_hash, answer.previous_hash] == [answer.hash, opening.hash]
    assert all(event.hash == event.computed_hash() for event in (solution, answer, opening))


def test_two_watchers_at_once_tell_of_it_once(office: Office, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second runs from beginning to end between the reading and the writing of the first."""
    late = [_open(office) for _ in range(4)]
    at, read, others = NOW + timedelta(minutes=61), change_ticket_module._read, iter([True])

    def read_while_another_works(*arguments: Any) -> Any:
        found = read(*arguments)
        if next(others, False):
            watch(at)
        return found

    monkeypatch.setattr(change_ticket_module, "_read", read_while_another_works)
    watch(at)

    for ticket in late:
        assert _types(office, ticket.number) == [EventType.RESPONSE_BREACHED, EventType.TICKET_OPENED]


def _watch_shards(office: Office, at: datetime) -> None:
    for shard in range(office.shards):
        watch_clocks(office.desk, shard, at)


@pytest.mark.parametrize("survivors", range(4))
def test_a_watcher_that_breaks_off_leaves_the_rest_to_the_next(
    office: Office, watch: Watch, monkeypatch: pytest.MonkeyPatch, survivors: int
) -> None:
    """Both breaches of a ticket are one transaction, so it can only break off between tickets."""
    late, turns = [_open(office) for _ in range(4)], iter(range(4))

    def change(desk: Any, *rest: Any) -> Ticket:
        if next(turns) == survivors:
            raise KeyboardInterrupt  # as when Lambda stops the process
        return change_ticket(desk, *rest)

    with monkeypatch.context() as patched:
        patched.setattr("helpdesk.actions.watch_clocks.change_ticket", change)
        with pytest.raises(KeyboardInterrupt):
            _watch_shards(office, NOW + 9 * DAY)
    assert sum(len(_types(office, ticket.number)) == 3 for ticket in late) == survivors

    watch(NOW + 9 * DAY)

    for ticket in late:
        assert _types(office, ticket.number) == [
            EventType.RESOLUTION_BREACHED,
            EventType.RESPONSE_BREACHED,
            EventType.TICKET_OPENED,
        ]


def test_however_many_come_late_at_once_one_run_tells_of_all(
    office: Office, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [_open(office) for _ in range(25)]
    monkeypatch.setattr("helpdesk.store.table._WHOLE_PAGE", 2)

    watch(NOW + timedelta(minutes=61))

    assert {len(_types(office, ticket.number)) for ticket in late} == {2}


def test_an_answer_that_comes_late_before_the_watcher_looks_hides_nothing(office: Office, watch: Watch) -> None:
    ticket, at = _open(office), NOW + timedelta(minutes=60, seconds=20)

    written = Reply("بررسی شد.", Visibility.PUBLIC, ticket.last_message_id, (), resolve=True)
    reply(office, REZA, ticket.number, written, attempt=Attempt(REZA.account_id, "k", ""), now=at)
    watch(NOW + timedelta(minutes=61))

    answer, late, opening = _history(office, ticket.number)
    assert [answer.type, late.type] == [EventType.TICKET_ANSWERED, EventType.RESPONSE_BREACHED]
    assert (late.actor, late.at) == (SYSTEM, at)
    assert [answer.previous_hash, late.previous_hash] == [late.hash, opening.hash]
    assert _present(office, ticket.number).version == ticket.version + 1
