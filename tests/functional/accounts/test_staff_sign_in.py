"""Staff sign in: the password, then a code of the second factor."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest

from helpdesk.model.people import StaffMember
from helpdesk.store import accounts
from tests.functional.accounts.conftest import (
    BEARER,
    EMAIL,
    OUR_PAGE,
    PASSWORD,
    TOTP_SECRET,
    Clock,
    raw_answer,
    signed_in,
)
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, operations
from tests.support.http_events import context

EVENT = Path(__file__).parents[3] / "events" / "agent_accounts.json"
BOSS = "boss@desk.example"
WRONG = "not-the-right-secret"
STEP = 30


def _start(console: Client, email: str = EMAIL, password: str = PASSWORD) -> Answer:
    return console("POST", "/sessions", {"email": email, "password": password})


def _confirm(console: Client, challenge_id: str, code: str) -> Answer:
    return console("POST", "/sessions/confirm", {"challenge_id": challenge_id, "code": code, **BEARER})


def _code(clock: Clock, secret: str = TOTP_SECRET, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now + timedelta(seconds=STEP * steps))


def _wrong(clock: Clock) -> str:
    """The code of a step that does not count."""
    return _code(clock, steps=50)


def _sign_in(console: Client, clock: Clock, steps: int = 0) -> Client:
    return signed_in(console, _confirm(console, _start(console).body["challenge_id"], _code(clock, steps=steps)))


def _newcomer(console: Client) -> dict[str, Any]:
    """The challenge of somebody who has no second factor yet."""
    invited = console.handler({"first_admin": {"email": BOSS}}, context())
    console("POST", f"/invitations/{invited['token']}/accept", {"name": "مدیر", "password": PASSWORD})
    challenge: dict[str, Any] = _start(console, BOSS).body
    return challenge


def test_the_event_of_a_browser_is_answered(console: Client, reza: StaffMember) -> None:
    answer = console.handler(json.loads(EVENT.read_text(encoding="utf-8")), context())

    assert answer["statusCode"] == 200
    assert len(json.loads(answer["body"])["challenge_id"]) == 26


def test_password_and_code_open_a_session(console: Client, reza: StaffMember, clock: Clock) -> None:
    challenge = _start(console, " Reza@Desk.Example ")
    confirmed = _confirm(console, challenge.body["challenge_id"], _code(clock))

    entry = {"id": reza.id, "name": "رضا", "email": EMAIL, "role": "agent", "topics": ["credit"]}
    assert (challenge.status, challenge.body["enrolment"]) == (200, None)
    assert (confirmed.status, confirmed.body["account"]) == (201, entry)
    clock.forward(hours=12)
    assert confirmed.body["expires_at"] == clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_member_reads_his_own_entry(console: Client, reza: StaffMember, clock: Clock) -> None:
    assert _sign_in(console, clock)("GET", "/me").body == {
        "id": reza.id,
        "name": "رضا",
        "email": EMAIL,
        "role": "agent",
        "topics": ["credit"],
    }


def test_the_session_knows_role_and_topics(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    _sign_in(console, clock)

    (row,) = aws.items("sessions")
    assert (row["kind"]["S"], row["role"]["S"], row["topics"]["L"]) == ("agent", "agent", [{"S": "credit"}])


def test_a_page_of_ours_gets_the_staffs_cookie(console: Client, reza: StaffMember, clock: Clock) -> None:
    body = {"challenge_id": _start(console).body["challenge_id"], "code": _code(clock)}

    answer = raw_answer(console, "POST", "/sessions/confirm", body, **OUR_PAGE)

    (cookie,) = answer["multiValueHeaders"]["Set-Cookie"]
    value, *attributes = cookie.split("; ")
    assert value.startswith("__Host-staff=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Strict", "Secure"]
    assert console("GET", "/me", headers={"cookie": value}).status == 200


def test_no_other_page_gets_a_cookie(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    body = {"challenge_id": _start(console).body["challenge_id"], "code": _code(clock)}

    assert raw_answer(console, "POST", "/sessions/confirm", body)["statusCode"] == 403
    assert aws.items("sessions") == []


def test_signing_out_ends_the_session(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    here = _sign_in(console, clock)

    assert here("DELETE", "/sessions/current").status == 204
    assert here("GET", "/me").status == 401
    assert aws.items("sessions") == []


def test_a_wrong_password_and_an_unknown_address_are_the_same_to_whoever_watches(
    console: Client, reza: StaffMember, requests: list[Call], hashings: list[str]
) -> None:
    wrong = _start(console, password=WRONG)
    work = (list(requests), list(hashings))
    requests.clear()
    hashings.clear()
    unknown = _start(console, "nobody@desk.example")

    assert (wrong.status, wrong.body["type"]) == (401, "urn:poshtiban:problem:credentials")
    assert (unknown.status, unknown.body) == (wrong.status, wrong.body)
    assert (requests, hashings) == work
    assert operations(work[0]) == ["TransactWriteItems", "GetItem", "GetItem", "TransactWriteItems"]
    assert work[1] == ["verify"]


def test_a_code_works_once_in_whatever_challenge(console: Client, reza: StaffMember, clock: Clock) -> None:
    first, second = (_start(console).body["challenge_id"] for _ in range(2))

    assert _confirm(console, first, _code(clock)).status == 201
    assert _confirm(console, second, _code(clock)).status == 401


def test_an_earlier_code_is_used_up_with_a_later_one(console: Client, reza: StaffMember, clock: Clock) -> None:
    _sign_in(console, clock, steps=1)

    assert _confirm(console, _start(console).body["challenge_id"], _code(clock)).status == 401


def test_the_next_code_opens_the_next_session(console: Client, reza: StaffMember, clock: Clock) -> None:
    _sign_in(console, clock)
    clock.forward(seconds=STEP)

    assert _sign_in(console, clock).token


def test_a_challenge_works_once(console: Client, reza: StaffMember, clock: Clock) -> None:
    challenge_id = _start(console).body["challenge_id"]

    assert _confirm(console, challenge_id, _code(clock)).status == 201
    clock.forward(seconds=STEP)
    assert _confirm(console, challenge_id, _code(clock)).status == 401


def test_a_challenge_lives_five_minutes(console: Client, reza: StaffMember, clock: Clock) -> None:
    challenge_id = _start(console).body["challenge_id"]
    clock.forward(minutes=5)

    assert _confirm(console, challenge_id, _code(clock)).status == 401


def test_a_challenge_takes_five_codes(console: Client, reza: StaffMember, clock: Clock) -> None:
    challenge_id = _start(console).body["challenge_id"]
    for _ in range(5):
        assert _confirm(console, challenge_id, _wrong(clock)).status == 401
        clock.forward(seconds=20)

    assert _confirm(console, challenge_id, _code(clock)).status == 401


def test_a_known_password_buys_no_endless_codes(console: Client, reza: StaffMember, clock: Clock) -> None:
    clock.now = clock.now.replace(minute=0)
    statuses = []
    for _ in range(6):
        started = _start(console)
        statuses.append(started.status)
        if started.status == 200:
            statuses.append(_confirm(console, started.body["challenge_id"], _wrong(clock)).status)
        clock.forward(minutes=1)

    assert statuses == [200, 401] * 5 + [429]


def test_a_challenge_that_is_not_there_tells_nothing(console: Client, reza: StaffMember, clock: Clock) -> None:
    wrong = _confirm(console, _start(console).body["challenge_id"], _wrong(clock))
    missing = _confirm(console, "01ARZ3NDEKTSV4RRFFQ69G5FAV", _code(clock))

    assert (missing.status, missing.body) == (wrong.status, wrong.body)


def test_the_first_sign_in_enrols_the_second_factor(console: Client, clock: Clock, aws: Aws) -> None:
    challenge = _newcomer(console)
    secret = challenge["enrolment"]["secret"]

    assert pyotp.parse_uri(challenge["enrolment"]["uri"]).secret == secret
    assert _confirm(console, challenge["challenge_id"], _code(clock, secret)).status == 201
    assert secret not in json.dumps(aws.items("accounts"))
    clock.forward(seconds=STEP)
    again = _start(console, BOSS).body
    assert again["enrolment"] is None
    assert _confirm(console, again["challenge_id"], _code(clock, secret)).status == 201


def test_a_second_enrolment_does_not_replace_the_first(console: Client, clock: Clock) -> None:
    first = _newcomer(console)
    second = _start(console, BOSS).body
    _confirm(console, first["challenge_id"], _code(clock, first["enrolment"]["secret"]))
    clock.forward(seconds=STEP)

    late = _confirm(console, second["challenge_id"], _code(clock, second["enrolment"]["secret"]))

    assert late.status == 401


def test_a_disabled_account_does_not_come_past_the_password(
    console: Client, reza: StaffMember, clock: Clock, aws: Aws
) -> None:
    challenge_id = _start(console).body["challenge_id"]
    table = aws.table("accounts")
    credentials = accounts.find(table, reza.id)
    assert credentials
    table.commit([accounts.change(table, replace(credentials, enabled=False))])

    assert _start(console).status == 401
    assert _confirm(console, challenge_id, _code(clock)).status == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nonsense", "password": PASSWORD}, "email"),
        ({"email": EMAIL}, "password"),
        ({"email": EMAIL, "password": 7}, "password"),
        ({"email": EMAIL, "password": PASSWORD, "transport": "bearer"}, "transport"),
    ],
)
def test_a_bad_field_is_named(console: Client, aws: Aws, body: dict[str, object], field: str) -> None:
    answer = console("POST", "/sessions", body)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert aws.items("accounts") == []
