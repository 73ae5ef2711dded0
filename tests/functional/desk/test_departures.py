"""Somebody is disabled, or works on fewer topics: no ticket stays in those hands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from helpdesk.actions.change_ticket import change_ticket
from helpdesk.actions.seed_people import create_staff
from helpdesk.model.people import Role
from helpdesk.model.vault import Vault
from tests.functional.conftest import Answer, Aws, Client, SignIn
from tests.functional.desk.conftest import TOPICS, Employ, answered, as_account, opened
from tests.support.environment import ENVIRONMENT
from tests.support.http_events import context

A_MINUTE = timedelta(minutes=1)


@dataclass
class Staff:
    """The directory with an agent, and an administrator who keeps it."""

    aws: Aws
    reza: Client
    admin: Client

    def change(self, patch: dict[str, Any]) -> Answer:
        """The administrator changes the agent's entry."""
        assert self.reza.session
        answer = self.admin("PATCH", f"/staff/{self.reza.session.account_id}", patch)
        assert answer.status == 200, answer.body
        return answer


@pytest.fixture
def staff(aws: Aws, agent: SignIn, employ: Employ) -> Staff:
    vault, now = Vault((ENVIRONMENT["TOTP_KEY"], "")), datetime.now(UTC)
    account = ("reza@desk.example", "رضا", "a-long-enough-secret", Role.AGENT, TOPICS, "JBSWY3DPEHPK3PXP", now)
    member = create_staff(aws.table("accounts"), aws.table("desk"), vault, *account)
    reza = as_account(aws, agent("رضا"), member.id)
    boss = employ("ادمین", Role.ADMIN, ())
    return Staff(aws, reza, replace(boss, handler=import_module("agent_accounts.app").handler))


type Watch = Callable[..., None]


@pytest.fixture
def watch(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Let the watcher run, by default a minute from now."""
    watcher = import_module("sla_watcher.app")

    def run(after: timedelta = A_MINUTE) -> None:
        monkeypatch.setattr(watcher, "present", lambda: datetime.now(UTC) + after)
        watcher.handler({}, context())

    return run


def _numbers(reader: Client, **query: str) -> list[str]:
    return [ticket["number"] for ticket in reader("GET", "/queue", query=query).body["items"]]


def test_the_tickets_of_a_disabled_agent_return_to_the_queue(
    customer: SignIn, boss: Client, staff: Staff, watch: Watch
) -> None:
    number = opened(customer())
    staff.reza("POST", f"/tickets/{number}/claim")

    staff.change({"enabled": False})
    watch()

    assert _numbers(boss, assignee="none") == [number]
    released = boss("GET", f"/tickets/{number}/history").body["items"][0]
    assert (released["type"], released["actor"]["name"]) == ("ticket_released", "ادمین")
    assert released["data"]["assignee"] == "رضا → "


def test_tickets_that_wait_for_the_customer_are_nobodys_too(
    customer: SignIn, agent: SignIn, staff: Staff, watch: Watch
) -> None:
    sara, leila = customer(), agent("لیلا")
    pending, solved = opened(sara), opened(sara)
    answered(staff.reza, pending)
    answered(staff.reza, solved, resolve=True)

    staff.change({"enabled": False})
    watch()
    for number in (pending, solved):
        assert sara("POST", f"/tickets/{number}/messages", {"body": "هنوز نه"}, key=number).status == 201

    assert sorted(_numbers(leila, assignee="none")) == sorted([pending, solved])
    assert leila("POST", f"/tickets/{pending}/claim").status == 200


def test_others_keep_their_tickets(customer: SignIn, agent: SignIn, staff: Staff, watch: Watch) -> None:
    number, leila = opened(customer()), agent("لیلا")
    leila("POST", f"/tickets/{number}/claim")

    staff.change({"enabled": False})
    watch()

    assert _numbers(leila, assignee="me") == [number]


def test_who_loses_a_topic_loses_its_tickets_alone(customer: SignIn, boss: Client, staff: Staff, watch: Watch) -> None:
    sara = customer()
    credit, other = opened(sara, topic="credit"), opened(sara, topic="other")
    for number in (credit, other):
        staff.reza("POST", f"/tickets/{number}/claim")

    staff.change({"topics": ["credit"]})
    watch()

    assert _numbers(boss, assignee="none") == [other]
    assert boss("GET", f"/tickets/{credit}").body["assignee"]["name"] == "رضا"


def test_requests_under_way_are_waited_for(customer: SignIn, boss: Client, staff: Staff, watch: Watch) -> None:
    number = opened(customer())
    staff.reza("POST", f"/tickets/{number}/claim")

    staff.change({"enabled": False})
    watch(timedelta(seconds=10))
    assert boss("GET", f"/tickets/{number}").body["assignee"]
    watch(timedelta(seconds=20))

    assert boss("GET", f"/tickets/{number}").body["assignee"] is None


def test_a_departure_is_dealt_with_once(customer: SignIn, boss: Client, staff: Staff, watch: Watch) -> None:
    number = opened(customer())
    staff.reza("POST", f"/tickets/{number}/claim")
    staff.change({"enabled": False})

    for _ in range(2):
        watch()

    types = [entry["type"] for entry in boss("GET", f"/tickets/{number}/history").body["items"]]
    assert types == ["ticket_released", "ticket_claimed", "ticket_opened"]
    assert not [item for item in staff.aws.items("desk") if item["pk"]["S"].startswith("STAFF#DEPARTURE#")]


def test_one_ticket_that_fails_does_not_keep_the_others(
    customer: SignIn, boss: Client, staff: Staff, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara = customer()
    numbers = sorted(opened(sara) for _ in range(3))
    for number in numbers:
        staff.reza("POST", f"/tickets/{number}/claim")

    def broken(desk: Any, number: str, *rest: Any) -> Any:
        if number == numbers[0]:
            raise ValueError("undecodable")
        return change_ticket(desk, number, *rest)

    staff.change({"enabled": False})
    with monkeypatch.context() as patched:
        patched.setattr("helpdesk.actions.return_tickets.change_ticket", broken)
        with pytest.raises(ExceptionGroup) as failed:
            watch()
    assert failed.group_contains(ValueError, match="undecodable")
    assert sorted(_numbers(boss, assignee="none")) == numbers[1:]

    watch()

    assert sorted(_numbers(boss, assignee="none")) == numbers


@pytest.mark.parametrize("patch", [{"name": "رضا کریمی"}, {"enabled": True}, {"role": "supervisor"}])
def test_a_change_that_takes_no_topic_away_leaves_no_departure(staff: Staff, patch: dict[str, Any]) -> None:
    staff.change(patch)

    assert not [item for item in staff.aws.items("desk") if item["pk"]["S"].startswith("STAFF#DEPARTURE#")]


def test_the_admins_session_is_what_the_history_names(staff: Staff) -> None:
    staff.change({"enabled": False})

    (departure,) = [item for item in staff.aws.items("desk") if item["pk"]["S"].startswith("STAFF#DEPARTURE#")]
    assert departure["by"]["M"]["name"]["S"] == "ادمین"
