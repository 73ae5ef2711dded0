"""A customer registers."""

import json
from pathlib import Path
from typing import Any

import pytest

from helpdesk.model.people import Customer
from tests.functional.accounts.conftest import (
    BEARER,
    OUR_PAGE,
    PASSWORD,
    PHONE,
    Clock,
    CodeQueue,
    raw_answer,
    sign_in,
    signed_in,
)
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, operations
from tests.support.http_events import context

EVENT = Path(__file__).parents[3] / "events" / "customer_accounts.json"
SOMEBODY = {"phone": "0912 123 4567", "name": "سارا محمدی", "password": PASSWORD}
NEW_PHONE = "+989350000000"


def _register(panel: Client, **changes: object) -> Answer:
    return panel("POST", "/registrations", {**SOMEBODY, **changes})


def _confirm(panel: Client, registration_id: str, code: str) -> Answer:
    return panel("POST", f"/registrations/{registration_id}/confirm", {"code": code, **BEARER})


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_event_of_a_browser_is_answered(panel: Client, sms: CodeQueue) -> None:
    answer = panel.handler(json.loads(EVENT.read_text(encoding="utf-8")), context())

    assert answer["statusCode"] == 202
    assert sms.take()[0]["to"] == PHONE


def test_a_code_opens_the_account(panel: Client, sms: CodeQueue) -> None:
    started = _register(panel)
    confirmed = _confirm(panel, started.body["registration_id"], sms.code())

    assert (started.status, started.body["resend_after"]) == (202, 60)
    assert {name: confirmed.body["account"][name] for name in ("name", "phone", "language")} == {
        "name": "سارا محمدی",
        "phone": PHONE,
        "language": "fa",
    }
    me = signed_in(panel, confirmed)("GET", "/me")
    assert me.body == {
        **confirmed.body["account"],
        "email": None,
        "email_confirmed": False,
        "preferences": {"sms": True, "email": True},
    }
    assert sign_in(panel).token != confirmed.body["token"]


def test_the_message_says_what_the_sender_needs(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    panel("POST", "/registrations", SOMEBODY, headers={"accept-language": "en"})

    (message,) = sms.take()
    assert len(message.pop("id")) == 26
    assert len(message.pop("code")) == 6
    clock.forward(minutes=5)
    assert message == {
        "kind": "code",
        "to": PHONE,
        "purpose": "registration",
        "expires_at": clock.now.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "deliver": True,
        "language": "en",
    }


def test_neither_code_nor_password_is_stored(panel: Client, sms: CodeQueue, aws: Aws) -> None:
    _register(panel)

    stored = json.dumps(aws.items("accounts"))
    assert PHONE in stored
    assert sms.code() not in stored
    assert PASSWORD not in stored


def test_a_page_of_ours_gets_a_cookie_and_no_token(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]
    path = f"/registrations/{registration_id}/confirm"

    answer = raw_answer(panel, "POST", path, {"code": sms.code()}, **OUR_PAGE)

    (cookie,) = answer["cookies"]
    value, *attributes = cookie.split("; ")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=5184000", "Path=/", "SameSite=Strict", "Secure"]
    name, _, token = value.partition("=")
    assert name == "__Host-session"
    assert json.loads(answer["body"])["token"] is None
    assert panel("GET", "/me", headers={"cookie": f"__Host-session={token}"}).status == 200


def test_a_program_that_does_not_ask_for_a_token_gets_no_session(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]

    refused = panel("POST", f"/registrations/{registration_id}/confirm", {"code": (code := sms.code())})

    assert (refused.status, refused.body["type"]) == (403, "urn:poshtiban:problem:cross-site")
    assert _confirm(panel, registration_id, code).status == 201


def test_a_known_number_gets_the_same_answer_for_the_same_work(
    panel: Client, sms: CodeQueue, sara: Customer, requests: list[Call], hashings: list[str]
) -> None:
    unknown = _register(panel, phone=NEW_PHONE)
    work = (list(requests), list(hashings))
    requests.clear()
    hashings.clear()
    known = _register(panel)

    assert (known.status, known.body.keys()) == (unknown.status, unknown.body.keys())
    assert (requests, hashings) == work
    assert operations(work[0]) == ["UpdateItem", "GetItem", "TransactWriteItems"]
    assert work[1] == ["hash"]
    assert {m["to"]: (m["purpose"], m["code"] is None, m["deliver"]) for m in sms.take()} == {
        NEW_PHONE: ("registration", False, True),
        PHONE: ("existing_account", True, True),
    }


def test_no_code_confirms_a_number_that_has_an_account(panel: Client, sara: Customer, aws: Aws) -> None:
    registration_id = _register(panel, password="another-long-secret").body["registration_id"]
    (challenge,) = [item for item in aws.items("accounts") if item["pk"]["S"].startswith("CHALLENGE#")]

    assert _confirm(panel, registration_id, "123456").status == 401
    assert challenge["delivery"]["S"] == "notice"
    assert sign_in(panel).token


def test_a_wrong_code_and_a_wrong_registration_are_answered_alike(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]
    code = sms.code()

    wrong_code = _confirm(panel, registration_id, _wrong(code))
    wrong_id = _confirm(panel, "01ARZ3NDEKTSV4RRFFQ69G5FAV", code)

    assert (wrong_code.status, wrong_code.body["type"]) == (401, "urn:poshtiban:problem:credentials")
    assert wrong_id.body == wrong_code.body


def test_the_sixth_try_fails_even_with_the_right_code(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]
    code = sms.code()
    for _ in range(5):
        _confirm(panel, registration_id, _wrong(code))

    assert _confirm(panel, registration_id, code).status == 401


def test_the_fifth_try_may_be_the_right_one(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]
    code = sms.code()
    for _ in range(4):
        _confirm(panel, registration_id, _wrong(code))

    assert _confirm(panel, registration_id, code).status == 201


def test_a_code_works_once(panel: Client, sms: CodeQueue) -> None:
    registration_id = _register(panel).body["registration_id"]
    code = sms.code()

    assert [_confirm(panel, registration_id, code).status for _ in range(2)] == [201, 401]


@pytest.mark.parametrize(("seconds", "status"), [(299, 201), (300, 401)])
def test_a_code_lives_five_minutes(panel: Client, sms: CodeQueue, clock: Clock, seconds: int, status: int) -> None:
    registration_id = _register(panel).body["registration_id"]
    clock.forward(seconds=seconds)

    assert _confirm(panel, registration_id, sms.code()).status == status


def test_another_code_ends_the_one_before_and_has_its_own_tries(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    registration_id = _register(panel).body["registration_id"]
    first = sms.code()
    for _ in range(5):
        _confirm(panel, registration_id, _wrong(first))
    clock.forward(seconds=60)

    resent = panel("POST", f"/registrations/{registration_id}/resend")
    second = sms.code()

    assert (resent.status, resent.body) == (202, {"registration_id": registration_id, "resend_after": 60})
    assert first == second or _confirm(panel, registration_id, first).status == 401
    assert _confirm(panel, registration_id, second).status == 201


def test_a_later_registration_of_the_number_ends_the_one_before(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    first_id = _register(panel).body["registration_id"]
    first = sms.code()
    clock.forward(seconds=60)
    second_id = _register(panel, name="سارا").body["registration_id"]

    assert _confirm(panel, first_id, first).status == 401
    assert _confirm(panel, second_id, sms.code()).status == 201


def test_a_code_is_good_for_its_own_registration_only(panel: Client, sms: CodeQueue) -> None:
    _register(panel)
    code = sms.code()
    other_id = _register(panel, phone=NEW_PHONE).body["registration_id"]

    assert sms.code() == code or _confirm(panel, other_id, code).status == 401


def test_a_code_may_be_sent_again_after_a_minute(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    registration_id = _register(panel).body["registration_id"]
    clock.forward(seconds=20)

    again = _register(panel)
    resent = panel("POST", f"/registrations/{registration_id}/resend")

    assert [(answer.status, answer.headers["Retry-After"]) for answer in (again, resent)] == [(429, "40")] * 2
    assert len(sms.take()) == 1


def test_a_number_gets_so_many_codes_a_day(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    clock.now = clock.now.replace(hour=1)
    registration_id = _register(panel).body["registration_id"]
    statuses = []
    for _ in range(8):
        clock.forward(minutes=1)
        statuses.append(panel("POST", f"/registrations/{registration_id}/resend").status)

    assert statuses == [202] * 7 + [429]
    assert len(sms.take()) == 8
    assert panel("POST", "/password-resets", {"phone": PHONE}).status == 429


def test_a_registration_that_is_not_there_gets_no_code(panel: Client, sms: CodeQueue, clock: Clock) -> None:
    registration_id = _register(panel).body["registration_id"]
    clock.forward(hours=1)

    answers = [panel("POST", f"/registrations/{one}/resend") for one in (registration_id, "01ARZ3NDEKTSV4RRFFQ69G5FAV")]

    assert [answer.status for answer in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert len(sms.take()) == 1


def test_an_address_may_not_register_without_end(panel: Client) -> None:
    statuses = [_register(panel, phone=f"+9893500000{number:02}").status for number in range(31)]

    assert statuses == [202] * 30 + [429]


BAD_FIELDS: list[tuple[dict[str, object], str]] = [
    ({"phone": "02188776655"}, "phone"),
    ({"phone": "+14155550123"}, "phone"),
    ({"phone": ""}, "phone"),
    ({"phone": 9121234567}, "phone"),
    ({"name": ""}, "name"),
    ({"name": "   "}, "name"),
    ({"name": "س" * 101}, "name"),
    ({"name": "سا\u0000را"}, "name"),
    ({"name": "\ud800"}, "name"),
    ({"name": None}, "name"),
    ({"password": "short-one"}, "password"),
    ({"password": "x" * 129}, "password"),
    ({"password": "password123"}, "password"),
    ({"password": "09121234567"}, "password"),
    ({"password": "a-long-enough\u0000secret"}, "password"),
    ({"role": "admin"}, "role"),
    ({"transport": "bearer"}, "transport"),
]


@pytest.mark.parametrize(("changes", "field"), BAD_FIELDS)
def test_a_bad_field_is_named_and_nothing_is_stored(
    panel: Client, sms: CodeQueue, aws: Aws, changes: dict[str, Any], field: str
) -> None:
    answer = _register(panel, **changes)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert all(error["message"] for error in answer.body["errors"])
    assert aws.items("accounts") == []
    assert sms.take() == []


@pytest.mark.parametrize("code", ["12345", "1234567", "abcdef", "", 123456, None])
def test_a_code_that_is_none_is_named(panel: Client, code: object) -> None:
    registration_id = _register(panel).body["registration_id"]

    answer = panel("POST", f"/registrations/{registration_id}/confirm", {"code": code, **BEARER})

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["code"])
