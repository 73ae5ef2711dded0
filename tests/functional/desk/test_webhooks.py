"""Administrators keep the subscriptions to events."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from agent_desk import webhooks as routes
from helpdesk.aws.webhooks import Delivery
from helpdesk.model.delivery import NotSentError
from helpdesk.model.people import Role
from helpdesk.model.webhook import Failure, signature
from helpdesk.store import webhooks
from tests.functional.conftest import Aws, Client, SignIn

URL = "https://crm.example/hook"
GONE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@dataclass
class Internet:
    """Takes calls, or fails them."""

    calls: list[Delivery] = field(default_factory=list)
    failure: NotSentError | None = None

    def post(self, delivery: Delivery) -> str:
        """Take a call."""
        self.calls.append(delivery)
        if self.failure:
            raise self.failure
        return "204"


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    """In the place of the real one."""
    taking = Internet()
    monkeypatch.setattr(routes, "subscribers", taking)
    return taking


@pytest.fixture
def admin(agent: SignIn) -> Client:
    """An administrator."""
    return agent("مدیر", Role.ADMIN, ())


def _subscribe(admin: Client, **body: Any) -> dict[str, Any]:
    answer = admin("POST", "/webhooks", {"url": URL, **body})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.body
    return made


def test_the_secret_is_shown_once(admin: Client) -> None:
    made = _subscribe(admin)

    one, all_ = admin("GET", f"/webhooks/{made['id']}").body, admin("GET", "/webhooks").body["items"]

    assert made["secret"].startswith("whsec_")
    assert all_ == [one]
    assert one == {name: value for name, value in made.items() if name != "secret"}


def test_the_secret_does_not_stand_in_the_table(aws: Aws, admin: Client) -> None:
    made = _subscribe(admin)
    admin("POST", f"/webhooks/{made['id']}/secret")

    (item,) = [item for item in aws.items("desk") if item["pk"]["S"] == "WEBHOOK#"]

    assert made["secret"] not in str(item)
    assert {"sealed_secret", "previous_sealed"} <= set(item)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "http://crm.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://[::ffff:169.254.169.254]/"}, "url"),
        ({"url": "https://localhost/"}, "url"),
        ({"url": URL, "event_types": ["ticket_eaten"]}, "event_types"),
    ],
)
def test_what_may_not_be_called_is_refused(admin: Client, body: dict[str, Any], field: str) -> None:
    answer = admin("POST", "/webhooks", body)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])


def test_what_is_left_out_of_a_change_stays(admin: Client) -> None:
    made = _subscribe(admin, event_types=["ticket_opened"])

    changed = admin("PATCH", f"/webhooks/{made['id']}", {"enabled": False}).body

    assert (changed["enabled"], changed["url"], changed["event_types"]) == (False, URL, ["ticket_opened"])
    assert admin("GET", f"/webhooks/{made['id']}").body == changed


def test_a_rotated_secret_is_another_and_both_are_valid(admin: Client, internet: Internet) -> None:
    made = _subscribe(admin)

    rotated = admin("POST", f"/webhooks/{made['id']}/secret").body
    assert admin("POST", f"/webhooks/{made['id']}/test").body == {"delivered": True, "answer": "204"}

    (call,) = internet.calls
    secrets = [rotated["secret"], made["secret"]]
    assert call.headers["Poshtiban-Signature"] == signature(
        secrets, int(call.headers["Poshtiban-Timestamp"]), call.body
    )
    assert rotated["previous_until"]


def test_a_test_says_why_it_did_not_arrive_and_changes_nothing(admin: Client, internet: Internet) -> None:
    made, internet.failure = _subscribe(admin), NotSentError("status_503")

    answer = admin("POST", f"/webhooks/{made['id']}/test")

    assert (answer.status, answer.body) == (200, {"delivered": False, "answer": "status_503"})
    assert admin("GET", f"/webhooks/{made['id']}").body["failures"] == 0


def _pause(aws: Aws, webhook_id: str) -> None:
    desk = aws.table("desk")
    webhook = webhooks.find(desk, webhook_id)
    assert webhook
    failure = Failure(webhook.created_at, "event", "status_500")
    desk.commit([webhooks.pause(desk, webhook.failed(failure, 1, for_good=False), failure.at)])


def test_a_paused_subscriber_says_so_and_is_resumed(aws: Aws, admin: Client) -> None:
    made = _subscribe(admin)
    _pause(aws, made["id"])

    paused = admin("GET", f"/webhooks/{made['id']}").body
    resumed = admin("POST", f"/webhooks/{made['id']}/resume").body

    assert (paused["paused_at"], paused["failures"]) == (made["created_at"], 1)
    assert [failure["reason"] for failure in paused["last_failures"]] == ["status_500"]
    assert (resumed["paused_at"], resumed["failures"]) == (None, 0)
    assert admin("GET", f"/webhooks/{made['id']}").body == resumed


def test_a_change_keeps_what_calls_found_out(aws: Aws, admin: Client) -> None:
    made = _subscribe(admin)
    _pause(aws, made["id"])

    admin("PATCH", f"/webhooks/{made['id']}", {"event_types": []})

    assert admin("GET", f"/webhooks/{made['id']}").body["paused_at"]


def test_an_ended_subscription_is_gone(admin: Client) -> None:
    made = _subscribe(admin)

    assert admin("DELETE", f"/webhooks/{made['id']}").status == 204

    assert admin("GET", f"/webhooks/{made['id']}").status == 404
    assert admin("GET", "/webhooks").body == {"items": []}


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/secret"), ("POST", "/test"), ("POST", "/resume")],
)
def test_what_is_not_there_is_not_found(admin: Client, method: str, path: str) -> None:
    body = {"enabled": True} if method == "PATCH" else None

    assert admin(method, f"/webhooks/{GONE}{path}", body).status == 404


def test_there_are_fifty_at_most(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpdesk.actions.webhooks.MOST", 1)
    _subscribe(admin)

    assert admin("POST", "/webhooks", {"url": URL}).status == 409
