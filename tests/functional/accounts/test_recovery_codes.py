"""A member of staff who lost the second factor comes in by a recovery code and enrols another one."""

import json
from typing import Any

import pyotp
import pytest

from tests.functional.accounts.conftest import BEARER, PASSWORD, Clock, signed_in
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, operations
from tests.support.http_events import context

BOSS = "boss@desk.example"
NOBODYS = "0000-0000-0000-0000-0000-0000"
STEP = 30


def _start(console: Client) -> str:
    return str(console("POST", "/sessions", {"email": BOSS, "password": PASSWORD}).body["challenge_id"])


def _confirm(console: Client, challenge_id: str, secret: str, clock: Clock) -> Answer:
    body = {"challenge_id": challenge_id, "code": pyotp.TOTP(secret).at(clock.now), **BEARER}
    return console("POST", "/sessions/confirm", body)


def _recover(console: Client, code: str, challenge_id: str | None = None) -> Answer:
    body = {"challenge_id": challenge_id or _start(console), "recovery_code": code}
    return console("POST", "/sessions/recovery", body)


@pytest.fixture
def enrolled(console: Client, clock: Clock) -> dict[str, Any]:
    """What the first sign-in of an administrator answered, and the secret that it enrolled."""
    invited = console.handler({"first_admin": {"email": BOSS}}, context())
    console("POST", f"/invitations/{invited['token']}/accept", {"name": "مدیر", "password": PASSWORD})
    challenge = console("POST", "/sessions", {"email": BOSS, "password": PASSWORD}).body
    secret = challenge["enrolment"]["secret"]
    answer = _confirm(console, challenge["challenge_id"], secret, clock)
    clock.forward(seconds=STEP)
    return {**answer.body, "secret": secret, "client": signed_in(console, answer)}


def test_an_enrolment_brings_ten_codes_that_are_kept_as_hashes_alone(enrolled: dict[str, Any], aws: Aws) -> None:
    codes = enrolled["recovery_codes"]

    assert len(set(codes)) == 10
    stored = json.dumps(aws.items("accounts"))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_a_later_sign_in_shows_no_codes(console: Client, clock: Clock, enrolled: dict[str, Any]) -> None:
    assert _confirm(console, _start(console), enrolled["secret"], clock).body["recovery_codes"] is None


@pytest.mark.parametrize(
    "spell",
    [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('0', 'O')} "],
    ids=["as shown", "small letters", "blanks", "a letter for a nought"],
)
def test_a_recovery_code_replaces_the_second_factor_however_it_is_spelled(
    console: Client, clock: Clock, enrolled: dict[str, Any], spell: Any
) -> None:
    asked = _recover(console, spell(enrolled["recovery_codes"][3]))

    assert asked.status == 200
    again = _confirm(console, asked.body["challenge_id"], asked.body["enrolment"]["secret"], clock)
    assert again.status == 201
    assert set(again.body["recovery_codes"]).isdisjoint(enrolled["recovery_codes"])


def test_the_lost_second_factor_and_every_session_end_with_it(
    console: Client, clock: Clock, enrolled: dict[str, Any]
) -> None:
    asked = _recover(console, enrolled["recovery_codes"][0]).body
    _confirm(console, asked["challenge_id"], asked["enrolment"]["secret"], clock)
    clock.forward(seconds=STEP)

    assert enrolled["client"]("GET", "/me").status == 401
    assert _confirm(console, _start(console), enrolled["secret"], clock).status == 401
    assert _recover(console, enrolled["recovery_codes"][1]).status == 401


def test_a_recovery_code_alone_opens_no_session_and_leaves_the_second_factor(
    console: Client, clock: Clock, enrolled: dict[str, Any], aws: Aws
) -> None:
    before = len(aws.items("sessions"))
    _recover(console, enrolled["recovery_codes"][0])

    assert len(aws.items("sessions")) == before
    assert _confirm(console, _start(console), enrolled["secret"], clock).status == 201


def test_a_recovery_code_works_once(console: Client, enrolled: dict[str, Any]) -> None:
    code = enrolled["recovery_codes"][0]

    assert [_recover(console, code).status for _ in range(2)] == [200, 401]


def test_a_challenge_takes_five_recovery_codes(console: Client, clock: Clock, enrolled: dict[str, Any]) -> None:
    challenge_id = _start(console)
    for _ in range(5):
        assert _recover(console, NOBODYS, challenge_id).status == 401
        clock.forward(seconds=20)

    assert _recover(console, enrolled["recovery_codes"][0], challenge_id).status == 401


def test_guessing_recovery_codes_locks_the_account_for_a_while(
    console: Client, clock: Clock, enrolled: dict[str, Any]
) -> None:
    clock.now = clock.now.replace(minute=0, second=0)
    statuses = []
    for _ in range(6):
        started = console("POST", "/sessions", {"email": BOSS, "password": PASSWORD})
        statuses.append(started.status)
        if started.status == 200:
            statuses.append(_recover(console, NOBODYS, started.body["challenge_id"]).status)
        clock.forward(minutes=1)

    assert statuses == [200, 401] * 5 + [429]


def test_a_recovery_code_needs_the_password_first(console: Client, enrolled: dict[str, Any]) -> None:
    nowhere = _recover(console, enrolled["recovery_codes"][0], "01ARZ3NDEKTSV4RRFFQ69G5FAV")

    assert (nowhere.status, nowhere.body) == (401, _recover(console, NOBODYS).body)


@pytest.mark.parametrize("code", ["", "1234", "U" * 24, f"{NOBODYS}0", 7, None])
def test_what_is_no_recovery_code_is_named(console: Client, enrolled: dict[str, Any], code: object) -> None:
    answer = _recover(console, code)  # type: ignore[arg-type]  # that is the point

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["recovery_code"])


def test_new_codes_need_password_and_second_factor_and_end_the_old_ones(
    console: Client, clock: Clock, enrolled: dict[str, Any]
) -> None:
    me, code = enrolled["client"], pyotp.TOTP(enrolled["secret"]).at(clock.now)
    wrong = [
        me("POST", "/me/recovery-codes", {"password": "not-the-right-secret", "code": code}),
        me("POST", "/me/recovery-codes", {"password": PASSWORD, "code": f"{(int(code) + 1) % 10**6:06}"}),
    ]
    renewed = me("POST", "/me/recovery-codes", {"password": PASSWORD, "code": code})
    replayed = me("POST", "/me/recovery-codes", {"password": PASSWORD, "code": code})

    assert [answer.status for answer in wrong] == [401, 401]
    assert (renewed.status, replayed.status) == (201, 401)
    assert _recover(console, enrolled["recovery_codes"][0]).status == 401
    assert _recover(console, renewed.body["recovery_codes"][0]).status == 200


def test_an_administrator_does_not_take_his_own_second_factor_away(enrolled: dict[str, Any]) -> None:
    me = enrolled["client"]

    assert me("PATCH", f"/staff/{enrolled['account']['id']}", {"reset_second_factor": True}).status == 403


def test_it_is_told_how_many_codes_are_left(
    console: Client, clock: Clock, enrolled: dict[str, Any], requests: list[Call]
) -> None:
    _recover(console, enrolled["recovery_codes"][0])
    requests.clear()

    assert enrolled["client"]("GET", "/me/recovery-codes").body == {"left": 9}
    assert operations(requests) == ["GetItem", "GetItem"]
