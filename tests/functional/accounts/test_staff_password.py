"""Passwords of staff: changed by their owner, or lost and reset by leave of an administrator."""

import json

import pytest

from helpdesk.model.people import Customer, Role, StaffMember
from tests.functional.accounts.conftest import EMAIL, PASSWORD, Clock, staff_member, staff_session
from tests.functional.conftest import Answer, Aws, Client

BOSS = "boss@desk.example"
NEW = "another-long-secret"
WRONG = "not-the-right-secret"


@pytest.fixture
def boss(console: Client, aws: Aws, clock: Clock) -> Client:
    """An administrator who is signed in."""
    staff_member(aws, clock, BOSS, Role.ADMIN)
    return staff_session(console, clock, BOSS)


def _sign_in_status(console: Client, password: str, email: str = EMAIL) -> int:
    return console("POST", "/sessions", {"email": email, "password": password}).status


def _change(client: Client, present: str = PASSWORD, password: str = NEW) -> Answer:
    return client("POST", "/me/password", {"current_password": present, "password": password})


def _given(boss: Client, member: StaffMember) -> str:
    return str(boss("POST", f"/staff/{member.id}/password-reset").body["token"])


def _use(console: Client, token: str, password: str = NEW) -> Answer:
    return console("POST", f"/password-resets/{token}", {"password": password})


def _trail(aws: Aws) -> list[tuple[str, str]]:
    """Act and actor of what is written down of passwords and proofs, oldest first."""
    items = [item for item in aws.items("desk") if item["pk"]["S"].startswith("AUDIT#")]
    acts = [(item["at"]["S"], item["act"]["S"], item["actor"]["M"]["id"]["S"]) for item in items]
    return [(act, actor) for _, act, actor in sorted(acts) if act.startswith(("password", "proof"))]


def test_another_password_ends_the_other_sessions(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    there = staff_session(console, clock)
    clock.forward(seconds=30)
    here = staff_session(console, clock)

    assert _change(here).status == 204
    assert (here("GET", "/me").status, there("GET", "/me").status) == (200, 401)
    assert [_sign_in_status(console, password) for password in (PASSWORD, NEW)] == [401, 200]
    assert _trail(aws) == [("password_changed", reza.id)]


def test_a_stolen_session_may_not_guess_the_password(
    console: Client, reza: StaffMember, clock: Clock, aws: Aws
) -> None:
    me = staff_session(console, clock)

    assert [_change(me, f"guess number {n}").status for n in range(6)] == [401] * 5 + [429]
    assert _sign_in_status(console, PASSWORD) == 429
    assert _trail(aws) == [("proof_refused", reza.id)] * 5


@pytest.mark.parametrize("password", ["password123", "short", "09121234567"])
def test_a_password_that_anybody_would_guess_is_refused(
    console: Client, reza: StaffMember, clock: Clock, password: str
) -> None:
    me = staff_session(console, clock)

    answer = _change(me, password=password)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["password"])
    assert _sign_in_status(console, PASSWORD) == 200


def test_a_reset_sets_the_password_and_ends_every_session(
    console: Client, boss: Client, reza: StaffMember, clock: Clock
) -> None:
    his = staff_session(console, clock)
    given = boss("POST", f"/staff/{reza.id}/password-reset")

    assert (given.status, given.body.keys()) == (201, {"token", "expires_at"})
    assert _sign_in_status(console, PASSWORD) == 200
    assert _use(console, given.body["token"]).status == 204
    assert his("GET", "/me").status == 401
    assert [_sign_in_status(console, password) for password in (PASSWORD, NEW)] == [401, 200]


def test_the_second_factor_stays_as_it_was(console: Client, boss: Client, reza: StaffMember, clock: Clock) -> None:
    _use(console, _given(boss, reza))

    assert console("POST", "/sessions", {"email": EMAIL, "password": NEW}).body["enrolment"] is None
    assert staff_session(console, clock, password=NEW)("GET", "/me").status == 200


def test_the_token_is_kept_as_a_hash_alone(boss: Client, reza: StaffMember, aws: Aws) -> None:
    token = _given(boss, reza)

    stored = json.dumps([aws.items(name) for name in ("accounts", "desk", "sessions")])
    assert token not in stored
    assert token[26:] not in stored


def test_a_reset_works_once(console: Client, boss: Client, reza: StaffMember) -> None:
    token = _given(boss, reza)

    assert [_use(console, token, f"{NEW}-{n}").status for n in range(2)] == [204, 404]
    assert _sign_in_status(console, f"{NEW}-0") == 200


def test_a_newer_reset_ends_the_one_before(console: Client, boss: Client, reza: StaffMember) -> None:
    older, newer = _given(boss, reza), _given(boss, reza)

    assert [_use(console, token).status for token in (older, newer)] == [404, 204]


def test_a_reset_runs_out(console: Client, boss: Client, reza: StaffMember, clock: Clock) -> None:
    token = _given(boss, reza)
    clock.forward(hours=8)

    assert _use(console, token).status == 404


def test_what_is_no_reset_is_not_found_in_the_same_words(
    console: Client, boss: Client, reza: StaffMember, sara: Customer
) -> None:
    token = _given(boss, reza)
    wrong = f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}"

    answers = [_use(console, text) for text in (wrong, "nonsense", reza.id, sara.id + token[26:])]

    assert {(answer.status, answer.body["type"]) for answer in answers} == {(404, "urn:poshtiban:problem:not-found")}
    assert _use(console, token).status == 204


def test_a_common_password_uses_no_reset_up(console: Client, boss: Client, reza: StaffMember) -> None:
    token = _given(boss, reza)

    assert _use(console, token, "password123").status == 422
    assert _use(console, token).status == 204


def test_a_reset_opens_an_account_that_wrong_guesses_locked(console: Client, boss: Client, reza: StaffMember) -> None:
    for _ in range(6):
        _sign_in_status(console, WRONG)
    assert _sign_in_status(console, PASSWORD) == 429

    _use(console, _given(boss, reza))

    assert _sign_in_status(console, NEW) == 200


@pytest.mark.parametrize(
    "patch",
    [{"enabled": False}, {"reset_second_factor": True}, {"role": "supervisor"}],
    ids=["disabled", "second factor reset", "another role"],
)
def test_a_reset_ends_when_the_members_access_changes(
    console: Client, boss: Client, reza: StaffMember, patch: dict[str, object]
) -> None:
    token = _given(boss, reza)

    boss("PATCH", f"/staff/{reza.id}", patch)
    boss("PATCH", f"/staff/{reza.id}", {"enabled": True})

    assert _use(console, token).status == 404


def test_a_reset_ends_when_its_owner_changes_the_password(
    console: Client, boss: Client, reza: StaffMember, clock: Clock
) -> None:
    token = _given(boss, reza)

    _change(staff_session(console, clock))

    assert _use(console, token, WRONG).status == 404
    assert _sign_in_status(console, NEW) == 200


def test_the_reset_of_an_administrator_who_was_disabled_is_worth_nothing(
    console: Client, boss: Client, reza: StaffMember, aws: Aws, clock: Clock
) -> None:
    other = staff_member(aws, clock, "other@desk.example", Role.ADMIN)
    token = _given(staff_session(console, clock, "other@desk.example"), reza)

    boss("PATCH", f"/staff/{other.id}", {"enabled": False})

    assert _use(console, token).status == 404
    assert _sign_in_status(console, PASSWORD) == 200


def test_an_administrator_gives_no_reset_to_himself_nor_to_a_customer(boss: Client, sara: Customer) -> None:
    me = boss("GET", "/me").body["id"]

    answers = [boss("POST", f"/staff/{id_}/password-reset") for id_ in (me, sara.id, "01ARZ3NDEKTSV4RRFFQ69G5FAV")]

    assert [answer.status for answer in answers] == [403, 404, 404]


def test_giving_and_using_a_reset_are_written_down(
    console: Client, boss: Client, reza: StaffMember, aws: Aws, clock: Clock
) -> None:
    token = _given(boss, reza)
    clock.forward(seconds=1)
    _use(console, token)

    admin = boss("GET", "/me").body["id"]
    assert _trail(aws) == [("password_reset_given", admin), ("password_reset_used", reza.id)]
    assert token not in json.dumps(aws.items("desk"))
