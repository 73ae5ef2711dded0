"""The two clocks of a ticket through everything that may happen to it, against a count by hand."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.people import Kind, Role, Session
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket

SLA = load_sla()
RULES = load_rules()
START = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)  # ten days before Nowruz
WEEK = timedelta(days=7)
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", START, START, START, Role.SUPERVISOR, tuple(RULES.topics))

PAUSES = st.integers(0, 3000).map(lambda minutes: timedelta(minutes=minutes))
PRIORITIES = st.sampled_from(sorted(RULES.priorities))
STEPS = st.one_of(
    st.tuples(st.sampled_from(["write", "answer", "pend", "open", "resolve"]), st.just("")),
    st.tuples(st.just("priority"), PRIORITIES),
    st.tuples(st.just("topic"), st.sampled_from(sorted(RULES.topics))),
)


def opened(priority: str) -> Ticket:
    return Ticket(
        number="4821937057",
        customer_id="sara",
        customer_name="سارا",
        subject="قسط",
        topic="credit",
        priority=priority,
        status=Status.OPEN,
        created_at=START,
        last_activity_at=START,
        last_message_id="1",
        clocks=SLA.waiting(Clocks(), priority, START),
        shard=0,
    )


def after(ticket: Ticket, step: tuple[str, str], now: datetime) -> Ticket:
    match step:
        case "write", _:
            return ticket.with_customer_message("9", SLA, now)
        case "answer", _:
            return ticket.with_answer("9", REZA, SLA, now)
        case "priority", name:
            return ticket.with_priority(name, SLA)
        case "topic", name:
            return ticket.with_topic(name, REZA)
        case "pend", _ if ticket.status == Status.OPEN:
            return ticket.moved_to(Status.PENDING, SLA, WEEK, now)
        case "open", _ if ticket.status in (Status.PENDING, Status.RESOLVED):
            return ticket.moved_to(Status.OPEN, SLA, WEEK, now)
        case "resolve", _ if ticket.status in (Status.OPEN, Status.PENDING):
            return ticket.resolved(SLA, WEEK, now)
    return ticket


@given(PRIORITIES, st.lists(st.tuples(STEPS, PAUSES), max_size=12))
def test_the_clocks_say_what_a_count_by_hand_says(
    priority: str, happened: list[tuple[tuple[str, str], timedelta]]
) -> None:
    """The answer is due from the start of the wait; the solution, from all the time that was ours."""
    ticket, now = opened(priority), START
    ours, since = timedelta(), START
    for step, pause in happened:
        now += pause
        before, ticket = ticket, after(ticket, step, now)
        if before.status == Status.OPEN != ticket.status:
            ours += SLA.calendar.between(since, now)
        elif ticket.status == Status.OPEN != before.status:
            since = now

    target = RULES.priorities[ticket.priority]
    if ticket.status != Status.OPEN:
        assert (ticket.clocks.response_due_at, ticket.clocks.resolution_due_at) == (None, None)
        assert ticket.clocks.resolution_spent == ours.total_seconds()
        return
    left = max(timedelta(hours=target.resolution_hours) - ours, timedelta())
    assert ticket.clocks.response_due_at == SLA.calendar.add(since, timedelta(hours=target.first_response_hours))
    assert ticket.clocks.resolution_due_at == SLA.calendar.add(since, left)


@given(PRIORITIES, PRIORITIES, PAUSES)
def test_a_priority_that_changes_while_the_customer_has_the_word_counts_from_the_next_message_on(
    first: str, second: str, pause: timedelta
) -> None:
    pending = opened(first).with_answer("2", REZA, SLA, START)
    again = START + pause

    changed = pending.with_priority(second, SLA)

    assert changed.clocks == pending.clocks
    assert changed.with_customer_message("3", SLA, again).clocks == SLA.waiting(pending.clocks, second, again)
