"""The store on two engines: moto, and AWS's own DynamoDB Local where Java is there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from helpdesk.actions import agent_tickets, customer_tickets
from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.actions.work_queue import list_queue
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.errors import ClaimedError, KeyReusedError, TooManyRequestsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind, Role, Session
from helpdesk.model.rules import Quota
from helpdesk.model.ticket import Ticket
from helpdesk.store import events, limits, messages, tickets
from helpdesk.store.idempotency import Attempt
from helpdesk.store.table import Table
from tests.support.environment import REGION
from tests.support.template import create_table_request

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
# moto loses concurrent updates
ON_REAL_ENGINE = pytest.mark.parametrize("office", ["dynamodb_local"], indirect=True)
REQUEST = TicketRequest("credit", "normal", "قسط دوم", "ثبت نشده است.", (), None)


def _on_moto() -> Iterator[Any]:
    with mock_aws():
        yield boto3.client("dynamodb", region_name=REGION)


def _on_dynamodb_local(address: str) -> Iterator[Any]:
    yield boto3.client(
        "dynamodb", endpoint_url=address, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


@pytest.fixture(params=["moto", "dynamodb_local"])
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """A desk table of its own for each test, on each engine."""
    local = request.param == "dynamodb_local"
    clients = _on_dynamodb_local(request.getfixturevalue("dynamodb_local")) if local else _on_moto()
    for client in clients:
        name = f"desk-{new_id(datetime.now(UTC))}"
        client.create_table(**{**create_table_request("desk"), "TableName": name})
        yield Office(Table(client, name), load_rules(), load_sla(), shards=4)
        client.delete_table(TableName=name)


def _person(kind: Kind, name: str, role: Role | None = None) -> Session:
    return Session(
        id="",
        kind=kind,
        account_id=new_id(NOW),
        name=name,
        language="fa",
        created_at=NOW,
        seen_at=NOW,
        ends_at=NOW,
        role=role,
        topics=("credit",),
    )


SARA = _person(Kind.CUSTOMER, "سارا")
REZA = _person(Kind.AGENT, "رضا", Role.AGENT)


def _open(office: Office, key: str = "k", now: datetime = NOW, request: TicketRequest = REQUEST) -> Ticket:
    attempt = Attempt.of(SARA.account_id, key, "/tickets", {"subject": request.subject})
    return open_ticket(office, SARA, request, attempt=attempt, counters=[], now=now)


def test_a_ticket_comes_back_as_it_was_written(office: Office) -> None:
    ticket = _open(office)

    assert tickets.find(office.desk, ticket.number) == ticket


def test_a_ticket_and_its_newest_messages_come_by_one_query(office: Office) -> None:
    ticket = _open(office)
    for n in range(3):
        _write(office, ticket.number, f"پیام {n}", f"m{n}")

    found, page, end = tickets.find_with_messages(office.desk, ticket.number, 2)
    older, last = messages.list_public(office.desk, ticket.number, 10, end)

    assert found
    assert [m.body for m in page] == ["پیام 2", "پیام 1"]
    assert [m.body for m in older] == ["پیام 0", REQUEST.description]
    assert last is None


def _write(office: Office, number: str, body: str, key: str, now: datetime = NOW) -> None:
    attempt = Attempt.of(SARA.account_id, key, number, {"body": body})
    customer_tickets.add_message(office, SARA, number, body, [], attempt=attempt, counters=[], now=now)


def test_a_page_that_ends_with_the_list_has_no_next_one(office: Office) -> None:
    for n in range(3):
        _open(office, str(n))

    page, end = tickets.list_of_customer(office.desk, SARA.account_id, None, 3, None)

    assert (len(page), end) == (3, None)


def test_an_attempt_is_answered_once_and_then_replayed(office: Office) -> None:
    first = _open(office)

    assert _open(office) == first
    assert len(tickets.list_of_customer(office.desk, SARA.account_id, None, 10, None)[0]) == 1


def test_a_key_of_another_request_is_refused(office: Office) -> None:
    _open(office)

    with pytest.raises(KeyReusedError):
        _open(office, request=replace(REQUEST, subject="چیز دیگر"))


def test_a_record_older_than_a_day_counts_as_absent(office: Office) -> None:
    first = _open(office)

    second = _open(office, now=NOW + timedelta(hours=24, seconds=1))

    assert second.number != first.number


@ON_REAL_ENGINE
def test_twenty_attempts_at_once_open_one_ticket(office: Office) -> None:
    with ThreadPoolExecutor(20) as pool:
        opened = list(pool.map(lambda _: _open(office), range(20)))

    assert len({ticket.number for ticket in opened}) == 1
    assert len(events.list_history(office.desk, opened[0].number, 10, None)[0]) == 1


@ON_REAL_ENGINE
def test_of_many_who_claim_at_once_one_wins_and_the_others_learn_who(office: Office) -> None:
    ticket = _open(office)
    agents = [_person(Kind.AGENT, f"کارشناس {n}", Role.AGENT) for n in range(10)]

    def claim(agent: Session) -> str:
        try:
            return agent_tickets.claim(office, agent, ticket.number, NOW).assignee_name or ""
        except ClaimedError as lost:
            return lost.assignee_name

    with ThreadPoolExecutor(10) as pool:
        named = list(pool.map(claim, agents))

    assert len(set(named)) == 1
    assert named[0]


def test_a_quota_ends_with_its_window(office: Office) -> None:
    quota = Quota(most=2, seconds=60)
    for _ in range(2):
        office.desk.apply(limits.use(office.desk, "tickets", "me", quota, NOW))

    with pytest.raises(TooManyRequestsError) as refused:
        office.desk.apply(limits.use(office.desk, "tickets", "me", quota, NOW))

    assert refused.value.retry_after == 60
    office.desk.apply(limits.use(office.desk, "tickets", "me", quota, NOW + timedelta(seconds=60)))


def test_the_queue_is_merged_from_all_shards_and_its_cursor_is_stable(office: Office) -> None:
    opened = [_open(office, str(n), NOW + timedelta(minutes=n)) for n in range(9)]

    first, place = list_queue(office, REZA, None, None, 5, None)
    late = _open(office, "late", NOW - timedelta(hours=1))
    second, end = list_queue(office, REZA, None, None, 5, place)

    assert [t.number for t in first + second] == [t.number for t in opened]
    assert end is None
    assert list_queue(office, REZA, None, None, 1, None)[0][0].number == late.number


def test_an_event_leaves_the_outbox_when_it_was_relayed(office: Office) -> None:
    ticket = _open(office)
    (image,) = events.list_unrelayed(office.desk, ticket.shard, NOW + timedelta(seconds=1), 10)
    event = events.from_image(image)

    for _ in range(2):
        office.desk.apply(events.relayed(office.desk, event, NOW))

    assert events.list_unrelayed(office.desk, ticket.shard, NOW + timedelta(seconds=1), 10) == []
    assert events.list_history(office.desk, ticket.number, 10, None)[0] == [event]


def test_events_are_chained_by_their_hashes(office: Office) -> None:
    ticket = _open(office)
    _write(office, ticket.number, "سلام", "m")
    agent_tickets.claim(office, REZA, ticket.number, NOW)

    history = events.list_history(office.desk, ticket.number, 10, None)[0]
    present = tickets.find(office.desk, ticket.number)

    assert present
    assert present.history_hash == history[0].hash
    assert [event.previous_hash for event in history] == [history[1].hash, history[2].hash, ""]
    assert all(event.hash == event.computed_hash() for event in history)
