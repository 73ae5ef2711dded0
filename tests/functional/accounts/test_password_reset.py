"""A customer who lost the password."""

from dataclasses import replace
from importlib import import_module

import pytest

from helpdesk.model.people import Customer
from tests.functional.accounts.conftest import BEARER, PASSWORD, PHONE, Clock, CodeQueue, sign_in
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, operations

NEW = "another-long-secret"
STRANGERS_PHONE = "+989350000000"


def _start(panel: Client, phone: str = PHONE) -> Answer:
    return panel("POST", "/password-resets", {"phone": phone})


def _confirm(panel: Client, reset_id: str, code: str, password: str = NEW) -> Answer:
    return panel("POST", f"/password-resets/{reset_id}/confirm", {"code": code, "password": password})


def _sign_in_status(panel: Client, password: str) -> int:
    return panel("POST", "/sessions", {"phone": PHONE, "password": password, **BEARER}).status


def test_a_code_sets_a_new_password(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    started = _start(panel)

    assert (started.status, started.body["resend_after"]) == (202, 60)
    assert _confirm(panel, started.body["reset_id"], sms.code()).status == 204
    assert [_sign_in_status(panel, password) for password in (PASSWORD, NEW)] == [401, 201]


def test_a_reset_ends_every_session(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    sessions = [sign_in(panel) for _ in range(3)]

    _confirm(panel, _start(panel).body["reset_id"], sms.code())

    assert {session("GET", "/me").status for session in sessions} == {401}


def test_an_unknown_number_gets_the_same_answer_for_the_same_work_and_no_sms(
    panel: Client, sara: Customer, sms: CodeQueue, requests: list[Call], hashings: list[str]
) -> None:
    known = _start(panel)
    work = (list(requests), list(hashings))
    requests.clear()
    unknown = _start(panel, STRANGERS_PHONE)

    assert (known.status, known.body.keys()) == (unknown.status, unknown.body.keys())
    assert (requests, hashings) == work
    assert (operations(work[0]), work[1]) == (["GetItem", "TransactWriteItems"], [])
    sent = {message["to"]: message for message in sms.take()}
    assert sent[PHONE].keys() == sent[STRANGERS_PHONE].keys()
    assert {phone: (m["purpose"], m["deliver"]) for phone, m in sent.items()} == {
        PHONE: ("password_reset", True),
        STRANGERS_PHONE: ("password_reset", False),
    }


def test_the_code_that_nobody_got_opens_nothing(panel: Client, sms: CodeQueue) -> None:
    reset_id = _start(panel, STRANGERS_PHONE).body["reset_id"]

    answer = _confirm(panel, reset_id, sms.code())

    assert (answer.status, answer.body["type"]) == (401, "urn:poshtiban:problem:credentials")


def test_wrong_codes_are_the_same_for_known_and_unknown_numbers(
    panel: Client, sara: Customer, sms: CodeQueue, requests: list[Call], hashings: list[str]
) -> None:
    answers, works = [], []
    for phone in (PHONE, STRANGERS_PHONE):
        reset_id = _start(panel, phone).body["reset_id"]
        wrong = f"{(int(sms.code()) + 1) % 10**6:06}"
        requests.clear()
        hashings.clear()
        answers.append(_confirm(panel, reset_id, wrong))
        works.append((list(requests), list(hashings)))

    assert (answers[0].status, answers[0].body) == (401, answers[1].body)
    assert works[0] == works[1]
    assert (operations(works[0][0]), works[0][1]) == (["GetItem", "TransactWriteItems"], [])


def test_a_reset_opens_an_account_that_wrong_guesses_locked(
    panel: Client, sara: Customer, sms: CodeQueue, clock: Clock
) -> None:
    clock.now = clock.now.replace(minute=0)
    for _ in range(10):
        _sign_in_status(panel, "not-the-right-secret")
        clock.forward(seconds=20)
    assert _sign_in_status(panel, PASSWORD) == 429

    _confirm(panel, _start(panel).body["reset_id"], sms.code())

    assert _sign_in_status(panel, NEW) == 201


def test_a_code_works_once(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    reset_id = _start(panel).body["reset_id"]
    code = sms.code()

    assert [_confirm(panel, reset_id, code).status for _ in range(2)] == [204, 401]


def test_a_common_password_costs_no_try(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    reset_id = _start(panel).body["reset_id"]
    code = sms.code()

    refused = [_confirm(panel, reset_id, code, "password123") for _ in range(6)]

    assert {(answer.status, answer.body["errors"][0]["field"]) for answer in refused} == {(422, "password")}
    assert _confirm(panel, reset_id, code).status == 204


def test_a_code_of_one_purpose_is_useless_for_another(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    reset_id = _start(panel).body["reset_id"]

    answer = panel("POST", f"/registrations/{reset_id}/confirm", {"code": sms.code(), **BEARER})

    assert answer.status == 401


def test_another_code_can_be_sent(panel: Client, sara: Customer, sms: CodeQueue, clock: Clock) -> None:
    reset_id = _start(panel).body["reset_id"]
    first = sms.code()
    clock.forward(seconds=60)

    resent = panel("POST", f"/password-resets/{reset_id}/resend")
    second = sms.code()

    assert (resent.status, resent.body) == (202, {"reset_id": reset_id, "resend_after": 60})
    assert first == second or _confirm(panel, reset_id, first).status == 401
    assert _confirm(panel, reset_id, second).status == 204


@pytest.mark.parametrize("phone", ["02188776655", "+14155550123", "", None])
def test_a_number_that_is_none_is_named(panel: Client, sms: CodeQueue, phone: object) -> None:
    answer = panel("POST", "/password-resets", {"phone": phone})

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["phone"])
    assert sms.take() == []


def test_an_address_may_not_guess_at_the_codes_of_many_numbers(
    panel: Client, sms: CodeQueue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.store.limits._PARTS", 1)
    quotas = import_module("customer_accounts.services").registry.rules.quotas
    monkeypatch.setitem(quotas, "code_tries_address", replace(quotas["code_tries_address"], most=9))
    clock.now = clock.now.replace(minute=0)
    ids = [_start(panel, f"+9893500000{number:02}").body["reset_id"] for number in range(4)]

    statuses = [_confirm(panel, reset_id, "000000").status for reset_id in ids for _ in range(3)]

    assert statuses == [401] * 9 + [429] * 3


def test_right_codes_do_not_count_against_an_address(panel: Client, sara: Customer, sms: CodeQueue, aws: Aws) -> None:
    reset_id = _start(panel).body["reset_id"]
    _confirm(panel, reset_id, sms.code())

    counters = [i for i in aws.items("accounts") if i["pk"]["S"].startswith("LIMIT#code_tries_address#")]
    assert [item["used"]["N"] for item in counters] == ["0"]
