"""Invitations to the staff, the first administrator, and the directory that administrators keep."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from helpdesk.model.errors import ConflictError
from helpdesk.model.people import Role, StaffMember
from tests.functional.accounts.conftest import EMAIL, PASSWORD, Clock, staff_member, staff_session
from tests.functional.conftest import Answer, Aws, Client
from tests.support.http_events import context

BOSS = "boss@desk.example"
NEWCOMER = "nima@desk.example"
INVITATION = {"email": NEWCOMER, "role": "agent", "topics": ["credit", "other"]}
ACCEPTANCE = {"name": "نیما", "password": PASSWORD}

type SignIn = Callable[[str], Client]


@pytest.fixture
def sign_in(console: Client, clock: Clock) -> SignIn:
    """Sign a member of staff in by e-mail address."""

    return lambda email: staff_session(console, clock, email)


@pytest.fixture
def boss(aws: Aws, clock: Clock, sign_in: SignIn) -> Client:
    """An administrator who is signed in."""
    staff_member(aws, clock, BOSS, Role.ADMIN)
    return sign_in(BOSS)


def _accept(console: Client, token: str, **changes: object) -> Answer:
    return console("POST", f"/invitations/{token}/accept", {**ACCEPTANCE, **changes})


def _first_admin(console: Client, email: object = BOSS) -> dict[str, Any]:
    answer: dict[str, Any] = console.handler({"first_admin": {"email": email}}, context())
    return answer


def test_the_first_admin_is_invited_and_joins(console: Client) -> None:
    invited = _first_admin(console)

    accepted = _accept(console, invited["token"])

    assert (invited["email"], invited["role"]) == (BOSS, "admin")
    assert (accepted.status, accepted.body["account"]["role"]) == (201, "admin")
    assert console("POST", "/sessions", {"email": BOSS, "password": PASSWORD}).body["enrolment"]


def test_the_first_admin_is_invited_once(console: Client, clock: Clock) -> None:
    invited = _first_admin(console)

    with pytest.raises(ConflictError):
        _first_admin(console, "other@desk.example")
    assert _accept(console, invited["token"]).status == 201
    clock.forward(days=4)
    with pytest.raises(ConflictError):
        _first_admin(console, "other@desk.example")


def test_an_invitation_that_nobody_accepted_in_time_can_be_made_again(console: Client, clock: Clock) -> None:
    late = _first_admin(console)
    clock.forward(days=3, minutes=1)

    again = _first_admin(console)

    assert _accept(console, late["token"]).status == 404
    assert _accept(console, again["token"]).status == 201


def test_the_first_admins_address_must_be_one(console: Client, aws: Aws) -> None:
    with pytest.raises(ValidationError):
        _first_admin(console, "nonsense")
    assert aws.items("accounts") == []


def test_no_request_of_the_api_reaches_the_operators_way(console: Client, aws: Aws) -> None:
    answer = console("POST", "/sessions", {"first_admin": {"email": BOSS}})

    assert answer.status == 422
    assert aws.items("accounts") == []


def test_an_admin_invites_and_the_invitation_works_once(console: Client, boss: Client, aws: Aws) -> None:
    invited = boss("POST", "/staff", INVITATION)
    token = invited.body["token"]

    assert token not in json.dumps(aws.items("accounts"))
    first, second = _accept(console, token), _accept(console, token)

    assert (invited.status, first.status, second.status) == (201, 201, 404)
    assert {name: first.body["account"][name] for name in ("name", "email", "role", "topics")} == {
        "name": "نیما",
        **INVITATION,
    }


def test_two_invitations_of_one_address_make_one_account(console: Client, boss: Client) -> None:
    tokens = [boss("POST", "/staff", INVITATION).body["token"] for _ in range(2)]

    assert [_accept(console, token).status for token in tokens] == [201, 409]
    assert boss("POST", "/staff", INVITATION).status == 409


def test_an_invitation_runs_out(console: Client, boss: Client, clock: Clock) -> None:
    token = boss("POST", "/staff", INVITATION).body["token"]
    clock.forward(days=3)

    assert _accept(console, token).body == _accept(console, "no-such-token").body


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"password": "password123"}, "password"), ({"password": "short"}, "password"), ({"name": ""}, "name")],
)
def test_a_bad_acceptance_uses_nothing_up(
    console: Client, boss: Client, changes: dict[str, object], field: str
) -> None:
    token = boss("POST", "/staff", INVITATION).body["token"]

    refused = _accept(console, token, **changes)

    assert (refused.status, [error["field"] for error in refused.body["errors"]]) == (422, [field])
    assert _accept(console, token).status == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"email": "nonsense"}, "email"), ({"role": "king"}, "role"), ({"topics": ["football"]}, "topics")],
)
def test_a_bad_invitation_is_refused(boss: Client, changes: dict[str, object], field: str) -> None:
    answer = boss("POST", "/staff", {**INVITATION, **changes})

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])


def test_an_admin_sees_the_directory(boss: Client, reza: StaffMember) -> None:
    listed = boss("GET", "/staff").body["items"]

    assert {member["email"] for member in listed} == {BOSS, EMAIL}
    assert boss("GET", f"/staff/{reza.id}").body in listed
    assert boss("GET", "/staff/01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 404


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR])
def test_nobody_else_keeps_the_directory(console: Client, aws: Aws, clock: Clock, sign_in: SignIn, role: Role) -> None:
    member = staff_member(aws, clock, EMAIL, role)
    someone = sign_in(EMAIL)

    answers = [
        someone("GET", "/staff"),
        someone("GET", f"/staff/{member.id}"),
        someone("POST", "/staff", INVITATION),
        someone("PATCH", f"/staff/{member.id}", {"role": "admin"}),
    ]

    assert [answer.status for answer in answers] == [403] * 4


def test_disabling_a_member_takes_effect_on_the_next_request(
    console: Client, boss: Client, reza: StaffMember, sign_in: SignIn
) -> None:
    his = sign_in(EMAIL)

    changed = boss("PATCH", f"/staff/{reza.id}", {"enabled": False})

    assert (changed.status, changed.body["enabled"]) == (200, False)
    assert his("GET", "/me").status == 401
    assert console("POST", "/sessions", {"email": EMAIL, "password": PASSWORD}).status == 401


def test_another_role_counts_from_the_next_session_on(
    boss: Client, reza: StaffMember, sign_in: SignIn, clock: Clock
) -> None:
    his = sign_in(EMAIL)

    boss("PATCH", f"/staff/{reza.id}", {"role": "supervisor", "topics": ["other"]})

    assert his("GET", "/me").status == 401
    clock.forward(seconds=30)
    me = sign_in(EMAIL)("GET", "/me").body
    assert (me["role"], me["topics"], me["name"]) == ("supervisor", ["other"], "رضا")


def test_a_lost_second_factor_is_enrolled_anew(console: Client, boss: Client, reza: StaffMember) -> None:
    boss("PATCH", f"/staff/{reza.id}", {"reset_second_factor": True})

    assert console("POST", "/sessions", {"email": EMAIL, "password": PASSWORD}).body["enrolment"]


@pytest.mark.parametrize("patch", [{"role": "agent"}, {"enabled": False}])
def test_an_admin_does_not_shut_himself_out(boss: Client, patch: dict[str, object]) -> None:
    me = boss("GET", "/me").body["id"]

    assert boss("PATCH", f"/staff/{me}", patch).status == 403
    assert boss("GET", "/me").status == 200


def test_a_member_that_is_not_there_is_not_found(boss: Client) -> None:
    assert boss("PATCH", "/staff/01ARZ3NDEKTSV4RRFFQ69G5FAV", {"name": "x"}).status == 404
