"""A customer's own profile, password and number."""

from typing import Any

import pytest

from helpdesk.actions.seed_people import create_customer
from helpdesk.model.people import Customer
from helpdesk.store import customers
from tests.functional.accounts.conftest import BEARER, PASSWORD, PHONE, Clock, CodeQueue, sign_in
from tests.functional.conftest import Aws, Client
from tests.support.counting import Call

NEW = "another-long-secret"
NEW_PHONE = "+989350000000"


def _sign_in_status(panel: Client, phone: str, password: str) -> int:
    return panel("POST", "/sessions", {"phone": phone, "password": password, **BEARER}).status


def test_a_profile_is_read_with_one_request_besides_the_session(
    panel: Client, sara: Customer, requests: list[Call]
) -> None:
    me = sign_in(panel)
    requests.clear()

    assert me("GET", "/me").body == {
        "id": sara.id,
        "name": "سارا",
        "phone": PHONE,
        "language": "fa",
        "email": None,
        "email_confirmed": False,
        "preferences": {"sms": True, "email": True},
    }
    assert [str(call) for call in requests] == ["GetItem sessions", "GetItem desk"]


@pytest.mark.parametrize(
    ("patch", "changes"),
    [
        ({"name": "سارا محمدی"}, {"name": "سارا محمدی"}),
        ({"language": "en"}, {"language": "en"}),
        ({"preferences": {"sms": False}}, {"preferences": {"sms": False, "email": True}}),
        ({"preferences": {"email": False}}, {"preferences": {"sms": True, "email": False}}),
        ({}, {}),
    ],
)
def test_what_is_sent_changes_and_the_rest_stays(
    panel: Client, sara: Customer, patch: dict[str, object], changes: dict[str, object]
) -> None:
    me = sign_in(panel)
    before = me("GET", "/me").body

    answer = me("PATCH", "/me", patch)

    assert (answer.status, answer.body) == (200, {**before, **changes})
    assert me("GET", "/me").body == answer.body


def test_every_session_learns_of_another_name(panel: Client, sara: Customer, aws: Aws) -> None:
    here, there = sign_in(panel), sign_in(panel)

    here("PATCH", "/me", {"name": "سارا محمدی", "language": "en"})

    assert {(row["name"]["S"], row["language"]["S"]) for row in aws.items("sessions")} == {("سارا محمدی", "en")}
    assert there("GET", "/me").status == 200


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"name": ""}, "name"),
        ({"language": "de"}, "language"),
        ({"phone": NEW_PHONE}, "phone"),
        ({"id": "x"}, "id"),
        ({"preferences": {"sms": "yes"}}, "preferences.sms"),
        ({"preferences": {"email": "sara@mail.example"}}, "preferences.email"),
        ({"email": "sara@mail.example"}, "email"),
        ({"preferences": {"push": True}}, "preferences.push"),
    ],
)
def test_a_bad_field_is_named_and_nothing_changes(
    panel: Client, sara: Customer, patch: dict[str, object], field: str
) -> None:
    me = sign_in(panel)

    answer = me("PATCH", "/me", patch)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert me("GET", "/me").body["name"] == "سارا"


def test_another_password_ends_the_other_sessions(panel: Client, sara: Customer) -> None:
    here, there = sign_in(panel), sign_in(panel)

    changed = here("POST", "/me/password", {"current_password": PASSWORD, "password": NEW})

    assert changed.status == 204
    assert (here("GET", "/me").status, there("GET", "/me").status) == (200, 401)
    assert [_sign_in_status(panel, PHONE, password) for password in (PASSWORD, NEW)] == [401, 201]


def _news(aws: Aws) -> list[tuple[str, str]]:
    """Type and customer of the events that wait to be told."""
    items = [item for item in aws.items("desk") if item["pk"]["S"].startswith("NEWS#")]
    assert all("gsi5pk" in item and item["ticket_number"]["S"] == "" for item in items)
    return [(item["type"]["S"], item["customer_id"]["S"]) for item in items]


def test_another_password_is_an_event_that_its_owner_hears_of(panel: Client, sara: Customer, aws: Aws) -> None:
    me = sign_in(panel)
    me("POST", "/me/password", {"current_password": "not-the-right-secret", "password": NEW})
    assert _news(aws) == []

    me("POST", "/me/password", {"current_password": PASSWORD, "password": NEW})

    assert _news(aws) == [("password_changed", sara.id)]


def test_a_reset_is_an_event_that_its_owner_hears_of(panel: Client, sara: Customer, sms: CodeQueue, aws: Aws) -> None:
    reset_id = panel("POST", "/password-resets", {"phone": PHONE}).body["reset_id"]

    panel("POST", f"/password-resets/{reset_id}/confirm", {"code": sms.code(), "password": NEW})

    assert _news(aws) == [("password_changed", sara.id)]


def test_another_number_is_an_event_that_its_owner_hears_of(
    panel: Client, sara: Customer, sms: CodeQueue, aws: Aws
) -> None:
    me = sign_in(panel)
    me("POST", f"/me/phone/{_move(me).body['change_id']}/confirm", {"code": sms.code()})

    assert _news(aws) == [("phone_changed", sara.id)]
    assert PHONE not in str([item for item in aws.items("desk") if item["pk"]["S"].startswith("NEWS#")])


def test_a_queue_that_fails_does_not_undo_another_number(
    panel: Client, sara: Customer, sms: CodeQueue, aws: Aws, caplog: pytest.LogCaptureFixture
) -> None:
    me = sign_in(panel)
    change_id, code = _move(me).body["change_id"], sms.code()
    aws.sqs.delete_queue(QueueUrl=sms.url)

    moved = me("POST", f"/me/phone/{change_id}/confirm", {"code": code})

    assert (moved.status, moved.body["phone"]) == (200, NEW_PHONE)
    assert "was not sent" in caplog.text
    assert PHONE not in caplog.text


def test_a_stolen_session_may_not_guess_the_password(panel: Client, sara: Customer) -> None:
    me = sign_in(panel)

    statuses = [
        me("POST", "/me/password", {"current_password": f"guess number {n}", "password": NEW}).status for n in range(6)
    ]

    assert statuses == [401] * 5 + [429]
    assert _sign_in_status(panel, PHONE, PASSWORD) == 429


def test_a_common_password_is_refused(panel: Client, sara: Customer) -> None:
    answer = sign_in(panel)("POST", "/me/password", {"current_password": PASSWORD, "password": "password123"})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "password")


def _move(me: Client, phone: str = NEW_PHONE, password: str = PASSWORD) -> Any:
    return me("POST", "/me/phone", {"phone": phone, "password": password})


def test_a_code_moves_the_account_to_another_number(panel: Client, sara: Customer, sms: CodeQueue, aws: Aws) -> None:
    me = sign_in(panel)
    started = _move(me)
    (message,) = sms.take()

    moved = me("POST", f"/me/phone/{started.body['change_id']}/confirm", {"code": message["code"]})

    assert (started.status, started.body["resend_after"]) == (202, 60)
    assert (message["to"], message["purpose"]) == (NEW_PHONE, "phone_change")
    assert (moved.status, moved.body["phone"]) == (200, NEW_PHONE)
    assert me("GET", "/me").body["phone"] == NEW_PHONE
    assert [_sign_in_status(panel, phone, PASSWORD) for phone in (PHONE, NEW_PHONE)] == [401, 201]
    found = [customers.find_id(aws.table("desk"), phone) for phone in (PHONE, NEW_PHONE)]
    assert found == [None, sara.id]


def test_the_number_that_was_left_is_told(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    me = sign_in(panel)
    change_id = _move(me).body["change_id"]

    me("POST", f"/me/phone/{change_id}/confirm", {"code": sms.code()})

    (farewell,) = sms.take()
    assert (farewell["to"], farewell["purpose"], farewell["code"]) == (PHONE, "phone_changed", None)
    assert farewell["deliver"] is True


def test_the_old_number_is_free_for_somebody_else(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    me = sign_in(panel)
    me("POST", f"/me/phone/{_move(me).body['change_id']}/confirm", {"code": sms.code()})
    sms.take()  # the farewell to the old number, of the same moment

    started = panel("POST", "/registrations", {"phone": PHONE, "name": "نیما", "password": NEW})
    path = f"/registrations/{started.body['registration_id']}/confirm"

    assert panel("POST", path, {"code": sms.code(), **BEARER}).body["account"]["name"] == "نیما"


def test_a_number_that_has_an_account_cannot_be_taken(
    panel: Client, sara: Customer, sms: CodeQueue, aws: Aws, clock: Clock
) -> None:
    create_customer(aws.table("accounts"), aws.table("desk"), "نیما", NEW_PHONE, PASSWORD, clock.now)
    me = sign_in(panel)

    started = _move(me)

    assert (started.status, started.body["resend_after"]) == (202, 60)
    assert [(m["purpose"], m["code"]) for m in sms.take()] == [("existing_account", None)]
    assert me("POST", f"/me/phone/{started.body['change_id']}/confirm", {"code": "123456"}).status == 401


def test_a_number_is_not_moved_without_the_password(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    assert _move(sign_in(panel), password="not-the-right-secret").status == 401
    assert sms.take() == []


def test_a_change_of_number_is_its_owners_alone(
    panel: Client, sara: Customer, sms: CodeQueue, aws: Aws, clock: Clock
) -> None:
    create_customer(aws.table("accounts"), aws.table("desk"), "نیما", "+989360000000", PASSWORD, clock.now)
    mine, theirs = sign_in(panel), sign_in(panel, "+989360000000")
    change_id = _move(mine).body["change_id"]
    code = sms.code()
    clock.forward(seconds=60)

    assert theirs("POST", f"/me/phone/{change_id}/resend").status == 404
    assert theirs("POST", f"/me/phone/{change_id}/confirm", {"code": code}).status == 401
    assert mine("POST", f"/me/phone/{change_id}/confirm", {"code": code}).status == 200


def test_another_code_can_be_sent(panel: Client, sara: Customer, sms: CodeQueue, clock: Clock) -> None:
    me = sign_in(panel)
    change_id = _move(me).body["change_id"]
    sms.take()
    clock.forward(seconds=60)

    assert me("POST", f"/me/phone/{change_id}/resend").status == 202
    assert me("POST", f"/me/phone/{change_id}/confirm", {"code": sms.code()}).status == 200


def test_a_reset_asked_for_by_the_old_number_dies_with_the_move(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    reset_id = panel("POST", "/password-resets", {"phone": PHONE}).body["reset_id"]
    code = sms.code()
    me = sign_in(panel)
    me("POST", f"/me/phone/{_move(me).body['change_id']}/confirm", {"code": sms.code()})

    answer = panel("POST", f"/password-resets/{reset_id}/confirm", {"code": code, "password": NEW})

    assert answer.status == 401


def test_another_number_ends_the_other_sessions(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    here, there = sign_in(panel), sign_in(panel)

    here("POST", f"/me/phone/{_move(here).body['change_id']}/confirm", {"code": sms.code()})

    assert (here("GET", "/me").status, there("GET", "/me").status) == (200, 401)
