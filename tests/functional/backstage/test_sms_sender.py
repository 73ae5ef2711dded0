"""Customers are told by SMS, each event once, and get their one-time codes."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.actions.deliver_sms import deliver_sms
from helpdesk.edge.notices import load_notices
from helpdesk.edge.rules import load_rules
from helpdesk.model.account import Purpose
from helpdesk.model.delivery import Channel, DeliveryState, NotSentError, RefusedError, UncertainError
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import grouped_ticket_number, moment_of, new_id
from helpdesk.model.queue_body import event_body
from helpdesk.store import keys
from tests.functional.backstage.conftest import ANSWERED, OPENED, PHONE, SARA, Backstage, Log, Provider, code_body

BODY = event_body(ANSWERED)
SMS = "sms_sender"


def test_a_customer_is_told_that_an_answer_is_there(backstage: Backstage, phones: Provider) -> None:
    assert backstage.invoke(SMS) == {"batchItemFailures": []}

    (sms,) = phones.sent
    assert (sms.to, sms.event_id) == (PHONE, ANSWERED.id)
    assert grouped_ticket_number(ANSWERED.ticket_number) in sms.text


def test_the_ledger_says_what_was_sent(backstage: Backstage, phones: Provider) -> None:
    backstage.invoke(SMS)

    row = backstage.row(Channel.SMS)
    assert (row.state, row.provider_id, row.ticket_number) == (
        DeliveryState.SENT,
        "provider-1",
        ANSWERED.ticket_number,
    )
    assert len(phones.sent) == 1


def test_an_event_that_comes_again_is_not_sent_again(backstage: Backstage, phones: Provider) -> None:
    for _ in range(3):
        assert backstage.tell(SMS, BODY, BODY) == []

    assert len(phones.sent) == 1


def test_who_wants_no_sms_gets_none(backstage: Backstage, phones: Provider) -> None:
    backstage.change_sara(sms=False)

    backstage.tell(SMS, BODY)

    row = backstage.row(Channel.SMS)
    assert (row.state, row.reason) == (DeliveryState.SUPPRESSED, "not_wanted")
    assert phones.sent == []


def test_who_wants_no_sms_hears_of_another_password_all_the_same(backstage: Backstage, phones: Provider) -> None:
    backstage.change_sara(sms=False)
    changed = Event.without_ticket(ANSWERED.id, EventType.PASSWORD_CHANGED, ANSWERED.at, ANSWERED.customer_id, {})

    backstage.tell(SMS, event_body(changed))

    (sms,) = phones.sent
    assert (sms.to, "رمز عبور" in sms.text) == (PHONE, True)


def test_nobody_is_told_of_his_own_doing(backstage: Backstage, phones: Provider) -> None:
    own = replace(OPENED, id=ANSWERED.id, type=EventType.TICKET_RESOLVED)

    backstage.tell(SMS, event_body(own))

    assert backstage.row(Channel.SMS).reason == "own_doing"
    assert phones.sent == []


def test_an_event_that_phones_have_no_words_for_is_suppressed(backstage: Backstage, phones: Provider) -> None:
    backstage.tell(SMS, event_body(replace(ANSWERED, type=EventType.TICKET_CLOSED)))

    assert backstage.row(Channel.SMS).reason == "no_text"
    assert phones.sent == []


def test_the_text_is_in_the_language_of_the_customer(backstage: Backstage, phones: Provider) -> None:
    backstage.change_sara(language="en")

    backstage.tell(SMS, BODY)

    assert phones.sent[0].text.startswith("Your request")


def test_a_refused_sms_is_parked(backstage: Backstage, phones: Provider) -> None:
    phones.failures = [RefusedError("gateway_411")]

    assert backstage.tell(SMS, BODY) == []

    row = backstage.row(Channel.SMS)
    assert (row.state, row.reason) == (DeliveryState.FAILED, "gateway_411")
    assert [item["event_id"]["S"] for item in backstage.parked()] == [ANSWERED.id]


def test_an_sms_that_surely_did_not_go_out_is_tried_again(backstage: Backstage, phones: Provider) -> None:
    phones.failures = [NotSentError("gateway_418")]

    assert backstage.tell(SMS, BODY) == ["0"]
    assert backstage.row(Channel.SMS).state == DeliveryState.QUEUED
    assert backstage.tell(SMS, BODY) == []

    assert backstage.row(Channel.SMS).state == DeliveryState.SENT
    assert len(phones.sent) == 1


def test_an_sms_that_may_have_gone_out_is_never_sent_again(backstage: Backstage, phones: Provider) -> None:
    phones.failures = [UncertainError("ReadTimeoutError")]

    for _ in range(2):
        assert backstage.tell(SMS, BODY) == []

    assert backstage.row(Channel.SMS).state == DeliveryState.UNKNOWN
    assert [item["event_id"]["S"] for item in backstage.parked()] == [ANSWERED.id]
    assert phones.sent == []


def test_a_sender_that_broke_off_leaves_a_parked_row_and_no_second_sms(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.failures = [RuntimeError("the function is killed here")]
    assert backstage.tell(SMS, BODY) == ["0"]
    assert backstage.row(Channel.SMS).state == DeliveryState.SENDING

    later = datetime.now(UTC) + backstage.remaining + timedelta(seconds=1)
    monkeypatch.setattr("helpdesk.edge.queue_messages.present", lambda: later)
    assert backstage.tell(SMS, BODY) == []

    row = backstage.row(Channel.SMS)
    assert (row.state, row.reason) == (DeliveryState.UNKNOWN, "broken_off")
    assert len(backstage.parked()) == 1
    assert phones.sent == []


def test_what_broke_off_is_unknown_also_when_there_is_a_reason_against_it_by_now(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.failures = [RuntimeError("the function is killed here")]
    backstage.tell(SMS, BODY)
    backstage.change_sara(sms=False)
    assert backstage.tell(SMS, BODY) == ["0"]  # it may not be over yet

    later = datetime.now(UTC) + backstage.remaining + timedelta(seconds=1)
    monkeypatch.setattr("helpdesk.edge.queue_messages.present", lambda: later)
    assert backstage.tell(SMS, BODY) == []

    assert backstage.row(Channel.SMS).state == DeliveryState.UNKNOWN
    assert len(backstage.parked()) == 1


def test_an_event_in_another_senders_hands_comes_again(backstage: Backstage, phones: Provider) -> None:
    phones.failures = [RuntimeError("still at it")]
    backstage.tell(SMS, BODY)

    assert backstage.tell(SMS, BODY) == ["0"]

    assert backstage.row(Channel.SMS).state == DeliveryState.SENDING
    assert phones.sent == []


def test_a_provider_that_knows_a_repeated_message_is_asked_again(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.is_repeatable = True
    phones.failures = [RuntimeError("the function is killed here")]
    backstage.tell(SMS, BODY)

    later = datetime.now(UTC) + backstage.remaining + timedelta(seconds=1)
    monkeypatch.setattr("helpdesk.edge.queue_messages.present", lambda: later)
    assert backstage.tell(SMS, BODY) == []

    assert backstage.row(Channel.SMS).state == DeliveryState.SENT
    assert len(phones.sent) == 1


def test_a_sender_that_was_given_up_does_not_overwrite_what_another_found_out(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, notices, send = backstage.desk, load_notices("https://desk.example"), phones.send
    later = datetime.now(UTC) + backstage.remaining + timedelta(seconds=1)

    def overtaken(sms: Any) -> str:
        monkeypatch.setattr(phones, "send", send)
        deliver_sms(desk, phones, notices, load_rules(), ANSWERED, now=later, deadline=later + backstage.remaining)
        return send(sms)

    phones.is_repeatable = True
    monkeypatch.setattr(phones, "send", overtaken)
    assert backstage.tell(SMS, BODY) == ["0"]

    assert backstage.row(Channel.SMS).provider_id == "provider-1"
    assert len(phones.sent) == 2


def test_nothing_is_begun_that_lambda_would_cut_off(backstage: Backstage, phones: Provider) -> None:
    backstage.remaining = timedelta(seconds=5)

    assert backstage.tell(SMS, BODY) == ["0"]

    assert [item["sk"]["S"] for item in backstage.aws.items("desk")] == ["PROFILE"]
    assert phones.sent == []


def test_one_bad_message_does_not_stop_the_others(backstage: Backstage, phones: Provider) -> None:
    assert backstage.tell(SMS, "{", BODY, '{"kind": "song"}', code_body()) == ["0", "2"]

    assert [sms.event_id for sms in phones.sent] == [ANSWERED.id, "01KB8R5A2C4E6G8J0M2P4R6T8V"]


def test_a_code_is_sent_without_a_row_in_the_ledger(backstage: Backstage, phones: Provider) -> None:
    assert backstage.tell(SMS, code_body()) == []

    assert "482193" in phones.sent[0].text
    assert [item["sk"] for item in backstage.aws.items("desk")] == [keys.customer(SARA.id)["sk"]]


@pytest.mark.parametrize("changes", [{"deliver": False}, {"expires_at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_a_code_that_is_for_nobody_or_too_old_is_dropped(
    backstage: Backstage, phones: Provider, changes: dict[str, Any]
) -> None:
    assert backstage.tell(SMS, code_body(**changes)) == []

    assert phones.sent == []


def test_a_notice_in_the_place_of_a_code_holds_no_code(backstage: Backstage, phones: Provider) -> None:
    backstage.tell(SMS, code_body(code=None, purpose=Purpose.EXISTING_ACCOUNT))

    assert not any(character.isdigit() for character in phones.sent[0].text)
    assert "None" not in phones.sent[0].text


@pytest.mark.parametrize(
    ("failure", "again"), [(NotSentError("x"), ["0"]), (RefusedError("x"), []), (UncertainError("x"), [])]
)
def test_a_code_is_tried_again_only_if_it_surely_did_not_go_out(
    backstage: Backstage, phones: Provider, failure: Exception, again: list[str]
) -> None:
    phones.failures = [failure]

    assert backstage.tell(SMS, code_body()) == again
    assert phones.sent == []


def test_the_log_knows_a_message_by_its_id_alone(
    backstage: Backstage, phones: Provider, log_of: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    log = log_of(SMS)
    phones.failures = [UncertainError("ReadTimeoutError"), NotSentError("gateway_418")]

    backstage.tell(SMS, BODY, code_body(), code_body(), '{"kind": "code", "to": "+989121234567"}')

    written = log.getvalue() + capsys.readouterr().out
    assert {line.get("event_id") for line in map(json.loads, log.getvalue().splitlines())} == {
        ANSWERED.id,
        "01KB8R5A2C4E6G8J0M2P4R6T8V",
        None,
    }
    secrets = [PHONE, PHONE[3:], "482193", SARA.name, *(sms.text for sms in phones.sent)]
    assert [secret for secret in secrets if secret in written] == []
    assert len(phones.sent) == 1


def test_what_is_parked_rings_the_alarm(
    backstage: Backstage, phones: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    phones.failures = [UncertainError("ReadTimeoutError")]

    backstage.tell(SMS, BODY, BODY)

    assert json.loads(capsys.readouterr().out)["Parked"] == [1.0]


def test_a_row_that_is_settled_goes_by_itself_and_a_parked_one_stays(backstage: Backstage, phones: Provider) -> None:
    phones.failures = [RefusedError("gateway_411")]
    backstage.tell(SMS, BODY)
    backstage.tell(SMS, event_body(replace(ANSWERED, id="another")))

    rows = {item["event_id"]["S"]: item for item in backstage.aws.items("desk") if "event_id" in item}
    assert "expires_at" not in rows[ANSWERED.id]
    assert int(rows["another"]["expires_at"]["N"]) > datetime.now(UTC).timestamp() + 80 * 86400


FOLLOWING = replace(
    ANSWERED,
    id=new_id(ANSWERED.at + timedelta(seconds=119)),
    at=moment_of(ANSWERED.id) + timedelta(seconds=119),
    data={"unread_before": ANSWERED.id},
)


@pytest.mark.parametrize("is_told_of_first", [True, False])
def test_answers_within_two_minutes_are_one_sms(backstage: Backstage, phones: Provider, is_told_of_first: bool) -> None:
    bodies = [BODY, event_body(FOLLOWING)]

    assert backstage.tell(SMS, *(bodies if is_told_of_first else reversed(bodies))) == []

    assert [sms.event_id for sms in phones.sent] == [ANSWERED.id]
    row = backstage.row(Channel.SMS, event_id=FOLLOWING.id)
    assert (row.state, row.reason) == (DeliveryState.MERGED, f"told_by_{ANSWERED.id}")


@pytest.mark.parametrize(
    "changes", [{"data": {}}, {"at": moment_of(ANSWERED.id) + timedelta(seconds=120)}], ids=["it was read", "later"]
)
def test_any_other_answer_is_an_sms_of_its_own(backstage: Backstage, phones: Provider, changes: dict[str, Any]) -> None:
    backstage.tell(SMS, BODY, event_body(replace(FOLLOWING, **changes)))

    assert [sms.event_id for sms in phones.sent] == [ANSWERED.id, FOLLOWING.id]


@pytest.mark.parametrize("failure", [RefusedError("gateway_411"), UncertainError("ReadTimeoutError")])
def test_an_answer_is_not_merged_with_one_whose_sms_came_to_nothing(
    backstage: Backstage, phones: Provider, failure: Exception
) -> None:
    phones.failures = [failure]

    backstage.tell(SMS, BODY, event_body(FOLLOWING))

    assert [sms.event_id for sms in phones.sent] == [FOLLOWING.id]


NOON = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # 12:00 in Tehran


def _others(number: int, start: int = 0) -> list[str]:
    return [event_body(replace(ANSWERED, id=new_id(NOON + timedelta(seconds=n)))) for n in range(start, start + number)]


def _at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("helpdesk.edge.queue_messages.present", lambda: moment)


def _reasons(backstage: Backstage) -> list[str]:
    return [item["reason"]["S"] for item in backstage.aws.items("desk") if "reason" in item]


def test_a_number_gets_ten_a_day_and_the_next_day_more(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, NOON)
    assert backstage.tell(SMS, *_others(11)) == []
    assert (len(phones.sent), _reasons(backstage)) == (10, ["daily_cap"])

    _at(monkeypatch, NOON + timedelta(hours=12, seconds=-1))
    backstage.tell(SMS, *_others(1, 11))
    assert len(phones.sent) == 10
    _at(monkeypatch, NOON + timedelta(hours=12))  # midnight in Tehran
    backstage.tell(SMS, *_others(1, 12))
    assert len(phones.sent) == 11


def test_what_did_not_go_out_and_what_comes_again_does_not_count(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, NOON)
    phones.failures = [NotSentError("gateway_418") for _ in range(5)]
    for _ in range(8):
        backstage.tell(SMS, BODY)

    backstage.tell(SMS, *_others(9))

    assert (len(phones.sent), _reasons(backstage)) == (10, [])


def test_a_code_comes_also_after_the_days_last_sms(
    backstage: Backstage, phones: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(monkeypatch, NOON)
    backstage.tell(SMS, *_others(11))

    backstage.tell(SMS, code_body(expires_at=NOON + timedelta(minutes=5)))

    assert "482193" in phones.sent[-1].text
