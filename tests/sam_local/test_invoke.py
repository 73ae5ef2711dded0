"""Every function once under `make invoke`, with its event of events/: what it answers, and what it leaves.

The tests stand in the order of the APIs, then of an event's way.
"""

import json
from base64 import b64decode
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import pyotp
import pytest

from helpdesk.actions.seed_people import create_staff
from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.export import export_key
from helpdesk.model.people import Role
from helpdesk.model.tokens import token_id
from helpdesk.model.vault import Vault
from helpdesk.store import deliveries, keys
from helpdesk.store.table import Table
from local.cloud import Cloud
from local.invoke import EVENTS
from tests.e2e.people import Person, codes, wait_for
from tests.sam_local.program import SamLocal

CUSTOMER = "01KB8Q4W5N3Y7T0C9XZ2M1H6RD"
OPENED, ANSWERED = "01KB8Q9C0V6M2R4T8Y1W3X5Z7B", "01KB8R2M7X9K4E6H1T3V5W8Y0D"
EXPORT = "01KB8R5T2W8E3X6P9R4T7Y0A1B"
ALL_TAKEN: dict[str, list[object]] = {"batchItemFailures": []}


@pytest.fixture
def desk(sam_local: SamLocal) -> Table:
    return sam_local.table("desk")


@pytest.fixture(scope="package")
def sara(sam_local: SamLocal) -> Person:
    """The demo's first customer."""
    demo = sam_local.file.demo.customers[0]
    person = Person.at(sam_local.file.public_api)
    body = {"phone": demo.phone, "password": demo.password, "transport": "bearer"}
    return person.signed_in(person.post("/sessions", body))


@pytest.fixture(scope="package")
def maryam(sam_local: SamLocal) -> Person:
    """The demo's agent."""
    member = next(member for member in sam_local.file.demo.staff if member.role == Role.AGENT)
    person = Person.at(sam_local.file.internal_api)
    asked = person.post("/sessions", {"email": member.email, "password": member.password})
    body = {"challenge_id": asked["challenge_id"], "code": pyotp.TOTP(member.totp_secret).now(), "transport": "bearer"}
    return person.signed_in(person.post("/sessions/confirm", body))


def _sign_in_sender(sam_local: SamLocal, function: str, person: Person) -> None:
    """Give the token in a function's event a session of this person."""
    sessions = sam_local.table("sessions")
    headers = json.loads((EVENTS / f"{function}.json").read_text(encoding="utf-8"))["headers"]
    own, sent = (
        {name.lower(): value for name, value in each.items()}["authorization"].split()[1]
        for each in (person.headers, headers)
    )
    row = sessions.get(keys.session(token_id(own)))
    assert row
    renamed = {**row, **keys.session(token_id(sent)), "id": {"S": token_id(sent)}}
    sessions.apply(sessions.put(renamed, refusal=lambda _: AssertionError()))


def _metric(log: str, name: str) -> list[float]:
    """The values of a metric in the line that CloudWatch would read."""
    (line,) = (line for line in log.splitlines() if line.startswith('{"_aws"'))
    values: list[float] = json.loads(line)[name]
    return values


def _body(answer: dict[str, Any], status: HTTPStatus) -> Any:
    assert answer["statusCode"] == status, answer
    return json.loads(answer["body"])


def test_customer_accounts_sends_a_code(sam_local: SamLocal) -> None:
    asked = _body(sam_local.invoke("customer_accounts").answer, HTTPStatus.ACCEPTED)

    assert asked["registration_id"]
    assert wait_for(lambda: codes(sam_local.sms, "+989121234567"), "the code")


def test_customer_tickets_opens_a_ticket(sam_local: SamLocal, sara: Person) -> None:
    _sign_in_sender(sam_local, "customer_tickets", sara)

    ticket = _body(sam_local.invoke("customer_tickets").answer, HTTPStatus.CREATED)

    assert sara.get(f"/tickets/{ticket['number']}")["subject"] == ticket["subject"] == "قسط دوم ثبت نشده"


def test_agent_accounts_asks_for_the_second_factor(sam_local: SamLocal) -> None:
    accounts, desk = sam_local.table("accounts"), sam_local.table("desk")
    vault, secret = Vault([sam_local.variables["TOTP_KEY"]]), pyotp.random_base32()
    email, password = "reza@desk.example", "a-long-enough-secret"
    create_staff(accounts, desk, vault, email, "رضا", password, Role.AGENT, (), secret, datetime.now(UTC))

    asked = _body(sam_local.invoke("agent_accounts").answer, HTTPStatus.OK)

    reza = Person.at(sam_local.file.internal_api)
    body = {"challenge_id": asked["challenge_id"], "code": pyotp.TOTP(secret).now(), "transport": "bearer"}
    assert reza.signed_in(reza.post("/sessions/confirm", body)).get("/me")["email"] == email


def test_agent_desk_shows_the_queue(sam_local: SamLocal, sara: Person, maryam: Person) -> None:
    _sign_in_sender(sam_local, "agent_desk", maryam)
    number = sara.open_ticket(topic="credit")["number"]

    queue = _body(sam_local.invoke("agent_desk").answer, HTTPStatus.OK)

    assert number in [ticket["number"] for ticket in queue["items"]]


def test_web_site_gives_the_panel(sam_local: SamLocal) -> None:
    answer = sam_local.invoke("web_site").answer

    assert answer["statusCode"] == HTTPStatus.OK
    assert b'<base href="/">' in b64decode(answer["body"])


def test_event_relay_publishes_to_the_channels(sam_local: SamLocal, desk: Table) -> None:
    relayed = sam_local.invoke("event_relay")

    assert relayed.answer is None
    wait_for(lambda: desk.get(keys.delivery(OPENED, Channel.REPORTS, "counters")), "the count of the opened ticket")


def test_report_counter_counts_each_event(sam_local: SamLocal, desk: Table) -> None:
    assert sam_local.invoke("report_counter").answer == ALL_TAKEN

    assert all(desk.get(keys.delivery(event, Channel.REPORTS, "counters")) for event in (OPENED, ANSWERED))


def test_inbox_writer_notifies_the_customer(sam_local: SamLocal, desk: Table) -> None:
    assert sam_local.invoke("inbox_writer").answer == ALL_TAKEN

    assert desk.get(keys.notification(CUSTOMER, ANSWERED))


def test_sms_sender_settles_an_answer_to_nobody(sam_local: SamLocal, desk: Table) -> None:
    """The event's customer is not in this desk."""
    assert sam_local.invoke("sms_sender").answer == ALL_TAKEN

    settled = deliveries.find(desk, ANSWERED, Channel.SMS, CUSTOMER)
    assert settled
    assert settled.state == DeliveryState.SUPPRESSED


def test_email_sender_settles_an_answer_to_nobody(sam_local: SamLocal, desk: Table) -> None:
    assert sam_local.invoke("email_sender").answer == ALL_TAKEN

    settled = deliveries.find(desk, ANSWERED, Channel.EMAIL, CUSTOMER)
    assert settled
    assert settled.state == DeliveryState.SUPPRESSED


def test_webhook_sender_finds_no_subscriber(sam_local: SamLocal) -> None:
    sent = sam_local.invoke("webhook_sender")

    assert sent.answer == ALL_TAKEN
    assert _metric(sent.log, "Received") == [1.0]


def test_outbox_sweeper_looks_into_every_shard(sam_local: SamLocal) -> None:
    swept = sam_local.invoke("outbox_sweeper")

    assert swept.answer is None
    assert len(_metric(swept.log, "EventsSwept")) == int(sam_local.variables["QUEUE_SHARDS"])


def test_sla_watcher_looks_at_the_clocks(sam_local: SamLocal) -> None:
    watched = sam_local.invoke("sla_watcher")

    assert watched.answer is None
    assert len(_metric(watched.log, "TicketsDue")) == int(sam_local.variables["QUEUE_SHARDS"])


def test_attachment_checker_has_nothing_to_decide_on_a_file_nobody_asked_for(sam_local: SamLocal) -> None:
    checked = sam_local.invoke("attachment_checker")

    assert checked.answer is None
    assert "nothing to decide" in checked.log


def test_report_exporter_writes_the_file(sam_local: SamLocal) -> None:
    assert sam_local.invoke("report_exporter").answer is None

    host, port = sam_local.file.address
    bucket = sam_local.variables["FILES_BUCKET"]
    file = Cloud(port, host).s3.get_object(Bucket=bucket, Key=export_key(EXPORT))["Body"].read()
    assert file.decode("utf-8-sig").startswith('"شماره"')
