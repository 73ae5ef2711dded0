"""Customers who left an address are told by e-mail, each event once."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.model.account import Purpose
from helpdesk.model.delivery import Channel, DeliveryState, RefusedError, UncertainError
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import grouped_ticket_number
from helpdesk.model.queue_body import event_body
from tests.functional.backstage.conftest import ANSWERED, OPENED, SARA, Backstage, Log, Provider, code_body

BODY = event_body(ANSWERED)
EMAIL = "email_sender"


def test_a_customer_with_an_address_is_told(backstage: Backstage, mailboxes: Provider) -> None:
    assert backstage.invoke(EMAIL) == {"batchItemFailures": []}

    (email,) = mailboxes.sent
    assert (email.to, email.event_id) == (SARA.email, ANSWERED.id)
    number = grouped_ticket_number(ANSWERED.ticket_number)
    assert number in email.subject
    assert number in email.text
    assert backstage.row(Channel.EMAIL).state == DeliveryState.SENT


@pytest.mark.parametrize(
    ("profile", "reason"),
    [({"email": None}, "no_address"), ({"email_proven": False}, "unverified"), ({"by_email": False}, "not_wanted")],
)
def test_a_customer_who_is_not_to_be_written_to_is_passed_over(
    backstage: Backstage, mailboxes: Provider, profile: dict[str, object], reason: str
) -> None:
    backstage.change_sara(**profile)

    backstage.tell(EMAIL, BODY)

    row = backstage.row(Channel.EMAIL)
    assert (row.state, row.reason) == (DeliveryState.SUPPRESSED, reason)
    assert mailboxes.sent == []


def test_who_wants_no_e_mail_is_told_of_a_changed_password_all_the_same(
    backstage: Backstage, mailboxes: Provider
) -> None:
    backstage.change_sara(by_email=False)
    event = Event.without_ticket(ANSWERED.id, EventType.PASSWORD_CHANGED, ANSWERED.at, SARA.id, {})

    backstage.tell(EMAIL, event_body(event))

    assert len(mailboxes.sent) == 1


def test_a_code_goes_to_the_address_it_is_to_prove(backstage: Backstage, mailboxes: Provider) -> None:
    body = code_body(to="new@example.com", purpose=Purpose.EMAIL_CHANGE)

    assert backstage.tell(EMAIL, body, BODY) == []

    code, answer = mailboxes.sent
    assert (code.to, answer.to) == ("new@example.com", SARA.email)
    assert "482193" in code.text
    assert "482193" not in code.subject


def test_a_code_that_came_too_late_is_not_sent(backstage: Backstage, mailboxes: Provider) -> None:
    late = datetime.now(UTC) - timedelta(seconds=1)

    assert backstage.tell(EMAIL, code_body(purpose=Purpose.EMAIL_CHANGE, expires_at=late)) == []

    assert mailboxes.sent == []


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (replace(OPENED, id=ANSWERED.id, type=EventType.TICKET_RESOLVED), "own_doing"),
        (replace(ANSWERED, type=EventType.TICKET_CLOSED), "no_text"),
    ],
)
def test_what_nobody_needs_to_be_told_is_suppressed(
    backstage: Backstage, mailboxes: Provider, event: Event, reason: str
) -> None:
    backstage.tell(EMAIL, event_body(event))

    assert backstage.row(Channel.EMAIL).reason == reason
    assert mailboxes.sent == []


def test_an_event_that_comes_again_is_not_sent_again(backstage: Backstage, mailboxes: Provider) -> None:
    for _ in range(2):
        assert backstage.tell(EMAIL, BODY, BODY) == []

    assert len(mailboxes.sent) == 1


@pytest.mark.parametrize(
    ("failure", "state"),
    [(RefusedError("x"), DeliveryState.FAILED), (UncertainError("x"), DeliveryState.UNKNOWN)],
)
def test_an_e_mail_that_did_not_surely_go_out_is_parked(
    backstage: Backstage, mailboxes: Provider, failure: Exception, state: DeliveryState
) -> None:
    mailboxes.failures = [failure]

    assert backstage.tell(EMAIL, BODY) == []

    assert backstage.row(Channel.EMAIL).state == state
    assert len(backstage.parked()) == 1


def test_the_local_provider_writes_a_line_for_each_e_mail(
    backstage: Backstage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backstage.function(EMAIL), "provider", LocalOutbox(str(tmp_path)))

    backstage.tell(EMAIL, BODY, event_body(replace(ANSWERED, id="another")))

    lines = [json.loads(line) for line in (tmp_path / "email.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event_id"] for line in lines] == [ANSWERED.id, "another"]
    assert all(set(line) == {"to", "text", "event_id", "sent_at"} for line in lines)


def test_the_log_names_no_address(backstage: Backstage, mailboxes: Provider, log_of: Log) -> None:
    log = log_of(EMAIL)
    mailboxes.failures = [UncertainError("ReadTimeoutError")]

    backstage.tell(EMAIL, BODY, event_body(replace(ANSWERED, id="another")))

    assert len(mailboxes.sent) == 1
    assert ANSWERED.id in log.getvalue()
    assert "example.com" not in log.getvalue()
