"""Every sign-in of staff and every administrative act stands in the audit trail, written with the act."""

import json
from typing import Any

import pyotp
import pytest

from helpdesk.aws import clients
from helpdesk.model.people import Role, StaffMember
from tests.functional.accounts.conftest import BEARER, EMAIL, PASSWORD, Clock, staff_member, staff_session
from tests.functional.conftest import Aws, Client
from tests.support.http_events import context

BOSS = "boss@desk.example"
NEWCOMER = {"email": "nima@desk.example", "role": "agent", "topics": ["credit"]}


@pytest.fixture
def transactions(console: Client) -> Any:
    """The items that each transaction puts, by their partition keys."""
    seen: list[list[str]] = []
    events = clients.dynamodb().meta.events

    def note(params: Any, **_: object) -> None:
        puts = [item["Put"]["Item"]["pk"]["S"] for item in params["TransactItems"] if "Put" in item]
        seen.append(puts)

    events.register("provide-client-params.dynamodb.TransactWriteItems", note)
    yield seen
    events.unregister("provide-client-params.dynamodb.TransactWriteItems", note)


def _trail(aws: Aws) -> list[tuple[str, str, str]]:
    """Act, actor and subject of the entries, oldest first; those of one millisecond by their acts."""
    items = [item for item in aws.items("desk") if item["pk"]["S"].startswith("AUDIT#")]
    ordered = sorted(items, key=lambda item: (item["at"]["S"], item["act"]["S"]))
    return [(item["act"]["S"], item["actor"]["M"]["id"]["S"], item["subject"]["S"]) for item in ordered]


@pytest.fixture
def boss(console: Client, aws: Aws, clock: Clock) -> Client:
    """An administrator who is signed in."""
    staff_member(aws, clock, BOSS, Role.ADMIN)
    return staff_session(console, clock, BOSS)


def test_a_sign_in_is_written_down_with_its_address(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    staff_session(console, clock, EMAIL)

    assert _trail(aws) == [("signed_in", reza.id, reza.id)]
    (entry,) = [item for item in aws.items("desk") if item["pk"]["S"].startswith("AUDIT#")]
    assert entry["details"]["M"] == {"address": {"S": "198.51.100.8"}}


@pytest.mark.parametrize("email", [EMAIL, "nobody@desk.example"])
def test_a_refused_password_is_written_down_known_address_or_not(
    console: Client, reza: StaffMember, aws: Aws, email: str
) -> None:
    console("POST", "/sessions", {"email": email, "password": "not-the-right-secret"})

    assert _trail(aws) == [("sign_in_refused", email, email)]
    assert "not-the-right-secret" not in json.dumps(aws.items("desk"))


def test_a_refused_code_is_written_down(console: Client, reza: StaffMember, clock: Clock, aws: Aws) -> None:
    challenge = console("POST", "/sessions", {"email": EMAIL, "password": PASSWORD}).body["challenge_id"]
    console("POST", "/sessions/confirm", {"challenge_id": challenge, "code": "000000", **BEARER})
    console("POST", "/sessions/recovery", {"challenge_id": challenge, "recovery_code": "0" * 24})

    assert _trail(aws) == [("sign_in_refused", EMAIL, EMAIL)] * 2


def test_what_is_refused_for_being_too_many_fills_no_trail(console: Client, reza: StaffMember, aws: Aws) -> None:
    statuses = [
        console("POST", "/sessions", {"email": EMAIL, "password": "not-the-right-secret"}).status for _ in range(9)
    ]

    assert statuses == [401] * 5 + [429] * 4
    assert len(_trail(aws)) == 5


def test_the_first_administrators_way_is_written_down(console: Client, clock: Clock, aws: Aws) -> None:
    invited = console.handler({"first_admin": {"email": BOSS}}, context())
    clock.forward(seconds=1)
    joined = console("POST", f"/invitations/{invited['token']}/accept", {"name": "مدیر", "password": PASSWORD})
    me = joined.body["account"]["id"]
    clock.forward(seconds=1)
    challenge = console("POST", "/sessions", {"email": BOSS, "password": PASSWORD}).body
    code = pyotp.TOTP(challenge["enrolment"]["secret"]).at(clock.now)
    console("POST", "/sessions/confirm", {"challenge_id": challenge["challenge_id"], "code": code, **BEARER})

    assert _trail(aws) == [
        ("first_admin_invited", "operator", BOSS),
        ("invitation_accepted", me, me),
        ("second_factor_enrolled", me, me),
        ("signed_in", me, me),
    ]
    assert invited["token"] not in json.dumps(aws.items("desk"))


def test_an_administrators_acts_are_written_down_by_the_transactions_that_do_them(
    boss: Client, reza: StaffMember, clock: Clock, aws: Aws, transactions: list[list[str]]
) -> None:
    me = boss("GET", "/me").body["id"]
    clock.forward(seconds=1)
    boss("POST", "/staff", NEWCOMER)
    clock.forward(seconds=1)
    boss("PATCH", f"/staff/{reza.id}", {"role": "supervisor", "topics": [], "reset_second_factor": True})

    assert _trail(aws)[1:] == [("staff_invited", me, "nima@desk.example"), ("staff_changed", me, reza.id)]
    entry = next(item for item in aws.items("desk") if item.get("act") == {"S": "staff_changed"})
    assert {name: value["S"] for name, value in entry["details"]["M"].items()} == {
        "role": "agent → supervisor",
        "topics": "credit → ",
        "second_factor": "reset",
    }
    invitation, change = [puts for puts in transactions if len(puts) > 1]
    assert [key.partition("#")[0] for key in invitation] == ["INVITATION", "AUDIT"]
    assert [key.partition("#")[0] for key in change] == ["ACCOUNT", "STAFF", "AUDIT"]


def test_nothing_stands_in_the_trail_when_the_act_was_refused(boss: Client, reza: StaffMember, aws: Aws) -> None:
    before = _trail(aws)
    boss("POST", "/staff", {**NEWCOMER, "email": EMAIL})
    boss("POST", "/staff", {**NEWCOMER, "topics": ["football"]})
    boss("PATCH", f"/staff/{boss('GET', '/me').body['id']}", {"role": "agent"})

    assert _trail(aws) == before


def test_the_invitation_of_an_administrator_who_was_disabled_is_worth_nothing(
    console: Client, boss: Client, clock: Clock, aws: Aws
) -> None:
    other = staff_member(aws, clock, "other@desk.example", Role.ADMIN)
    token = staff_session(console, clock, "other@desk.example")("POST", "/staff", NEWCOMER).body["token"]

    boss("PATCH", f"/staff/{other.id}", {"enabled": False})

    body = {"name": "نیما", "password": PASSWORD}
    assert console("POST", f"/invitations/{token}/accept", body).status == 404


def test_an_email_address_has_one_account_in_whatever_letters(boss: Client, reza: StaffMember) -> None:
    assert boss("POST", "/staff", {**NEWCOMER, "email": EMAIL.upper()}).status == 409
