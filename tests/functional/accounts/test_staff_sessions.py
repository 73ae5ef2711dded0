"""A member of staff sees where he is signed in and ends what should not be there."""

import pyotp

from helpdesk.model.people import Role, StaffMember
from helpdesk.store import keys
from tests.functional.accounts.conftest import (
    BEARER,
    EMAIL,
    PASSWORD,
    TOTP_SECRET,
    Clock,
    signed_in,
    staff_member,
)
from tests.functional.conftest import Aws, Client
from tests.support.counting import Call, operations


def _sign_in(console: Client, clock: Clock, email: str = EMAIL) -> Client:
    clock.forward(seconds=30)
    challenge = console("POST", "/sessions", {"email": email, "password": PASSWORD}).body["challenge_id"]
    body = {"challenge_id": challenge, "code": pyotp.TOTP(TOTP_SECRET).at(clock.now), **BEARER}
    return signed_in(console, console("POST", "/sessions/confirm", body))


def test_the_sessions_are_listed_newest_first_and_this_one_is_marked(
    console: Client, reza: StaffMember, clock: Clock, requests: list[Call]
) -> None:
    here, _ = (_sign_in(console, clock) for _ in range(2))
    requests.clear()

    listed = here("GET", "/sessions").body["items"]

    assert [one["is_current"] for one in listed] == [False, True]
    assert operations(requests) == ["GetItem", "GetItem", "BatchGetItem"]


def test_all_other_sessions_can_be_ended(console: Client, reza: StaffMember, clock: Clock) -> None:
    here, there = (_sign_in(console, clock) for _ in range(2))

    assert here("DELETE", "/sessions").status == 204
    assert [client("GET", "/me").status for client in (here, there)] == [200, 401]


def test_one_session_is_ended_and_a_colleagues_never(
    console: Client, reza: StaffMember, clock: Clock, aws: Aws
) -> None:
    staff_member(aws, clock, "mina@desk.example", Role.ADMIN)
    here, there, hers = (_sign_in(console, clock, email) for email in (EMAIL, EMAIL, "mina@desk.example"))
    own = [one["id"] for one in here("GET", "/sessions").body["items"] if not one["is_current"]]
    foreign = hers("GET", "/sessions").body["items"][0]["id"]

    assert [here("DELETE", f"/sessions/{session_id}").status for session_id in (*own, foreign)] == [204, 404]
    assert [client("GET", "/me").status for client in (there, hers)] == [401, 200]
    assert any(row["pk"] == keys.session(foreign)["pk"] for row in aws.items("sessions"))
