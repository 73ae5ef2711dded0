"""A customer's e-mail address: proven by a code before anything else is sent there."""

from typing import Any

import pytest

from helpdesk.actions.seed_people import create_customer
from helpdesk.model.people import Customer
from tests.functional.accounts.conftest import PASSWORD, Clock, CodeQueue, sign_in
from tests.functional.conftest import Answer, Aws, Client

ADDRESS = "sara@mail.example"


def _ask(me: Client, email: str = ADDRESS) -> Answer:
    return me("POST", "/me/email", {"email": email})


def _confirm(me: Client, change_id: str, code: str) -> Answer:
    return me("POST", f"/me/email/{change_id}/confirm", {"code": code})


def _address(me: Client) -> tuple[Any, Any]:
    profile = me("GET", "/me").body
    return profile["email"], profile["email_confirmed"]


def test_an_address_counts_when_its_code_was_given(panel: Client, sara: Customer, mail: CodeQueue) -> None:
    me = sign_in(panel)

    started = _ask(me, "Sara@Mail.Example")
    (message,) = mail.take()

    assert (started.status, started.body["resend_after"]) == (202, 60)
    assert (message["to"], message["purpose"]) == (ADDRESS, "email_change")
    assert _address(me) == (None, False)
    confirmed = _confirm(me, started.body["change_id"], message["code"])
    assert (confirmed.status, confirmed.body["email"], confirmed.body["email_confirmed"]) == (200, ADDRESS, True)
    assert _address(me) == (ADDRESS, True)


def test_no_code_of_an_address_goes_to_a_phone(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    _ask(sign_in(panel))

    assert sms.take() == []


def test_the_old_address_stays_until_the_new_one_is_proven(panel: Client, sara: Customer, mail: CodeQueue) -> None:
    me = sign_in(panel)
    _confirm(me, _ask(me).body["change_id"], mail.code())

    change_id = _ask(me, "new@mail.example").body["change_id"]

    assert _address(me) == (ADDRESS, True)
    _confirm(me, change_id, mail.code())
    assert _address(me) == ("new@mail.example", True)


def test_an_address_can_be_taken_away(panel: Client, sara: Customer, mail: CodeQueue) -> None:
    me = sign_in(panel)
    _confirm(me, _ask(me).body["change_id"], mail.code())

    assert me("DELETE", "/me/email").status == 204

    assert _address(me) == (None, False)
    assert me("DELETE", "/me/email").status == 204


def test_a_change_of_the_profile_leaves_the_address_alone(panel: Client, sara: Customer, mail: CodeQueue) -> None:
    me = sign_in(panel)
    _confirm(me, _ask(me).body["change_id"], mail.code())

    me("PATCH", "/me", {"name": "سارا محمدی", "preferences": {"email": False}})

    assert _address(me) == (ADDRESS, True)


def test_whether_somebody_has_the_address_is_not_told(
    panel: Client, sara: Customer, mail: CodeQueue, aws: Aws, clock: Clock
) -> None:
    """Nobody signs in with it: two people of one household may have the same, and neither learns of the other."""
    create_customer(aws.table("accounts"), aws.table("desk"), "نیما", "+989360000000", PASSWORD, clock.now)
    mine, theirs = sign_in(panel), sign_in(panel, "+989360000000")
    _confirm(mine, _ask(mine).body["change_id"], mail.code())
    clock.forward(seconds=60)

    answer = _ask(theirs)

    assert (answer.status, set(answer.body)) == (202, {"change_id", "resend_after"})
    assert _confirm(theirs, answer.body["change_id"], mail.code()).status == 200
    assert _address(mine) == _address(theirs)


def test_a_change_of_address_is_its_owners_alone(
    panel: Client, sara: Customer, mail: CodeQueue, aws: Aws, clock: Clock
) -> None:
    create_customer(aws.table("accounts"), aws.table("desk"), "نیما", "+989360000000", PASSWORD, clock.now)
    mine, theirs = sign_in(panel), sign_in(panel, "+989360000000")
    change_id, code = _ask(mine).body["change_id"], mail.code()
    clock.forward(seconds=60)

    assert theirs("POST", f"/me/email/{change_id}/resend").status == 404
    assert _confirm(theirs, change_id, code).status == 401
    assert _address(theirs) == (None, False)
    assert _confirm(mine, change_id, code).status == 200


def test_a_code_for_a_number_confirms_no_address(panel: Client, sara: Customer, sms: CodeQueue) -> None:
    me = sign_in(panel)
    change = me("POST", "/me/phone", {"phone": "+989350000000", "password": PASSWORD})

    assert _confirm(me, change.body["change_id"], sms.code()).status == 401


def test_another_code_can_be_sent_and_ends_the_one_before(
    panel: Client, sara: Customer, mail: CodeQueue, clock: Clock
) -> None:
    me = sign_in(panel)
    change_id, first = _ask(me).body["change_id"], mail.code()

    assert me("POST", f"/me/email/{change_id}/resend").status == 429
    clock.forward(seconds=60)
    assert me("POST", f"/me/email/{change_id}/resend").status == 202
    second = mail.code()
    assert [_confirm(me, change_id, code).status for code in (first, second)] == [401, 200]


def test_codes_are_not_guessed(panel: Client, sara: Customer, mail: CodeQueue) -> None:
    me = sign_in(panel)
    change_id, code = _ask(me).body["change_id"], mail.code()
    wrong = f"{(int(code) + 1) % 10**6:06}"

    assert [_confirm(me, change_id, wrong).status for _ in range(5)] == [401] * 5
    assert _confirm(me, change_id, code).status == 401
    assert _address(me) == (None, False)


@pytest.mark.parametrize("is_one_address", [True, False])
def test_nobodys_mailbox_is_flooded(
    panel: Client, sara: Customer, mail: CodeQueue, clock: Clock, *, is_one_address: bool
) -> None:
    """Neither one address, nor many by one customer."""
    me, statuses = sign_in(panel), []

    for n in range(9):
        statuses.append(_ask(me, ADDRESS if is_one_address else f"{n}@mail.example").status)
        clock.forward(seconds=60)

    assert statuses == [202] * 8 + [429]
    assert len(mail.take()) == 8


@pytest.mark.parametrize(
    "email", ["", "nonsense", "a@b", "sara@mail.example\nb", "سارا@mail.example", f"{'a' * 65}@b.example"]
)
def test_what_is_no_address_is_refused(panel: Client, sara: Customer, mail: CodeQueue, email: str) -> None:
    answer = _ask(sign_in(panel), email)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, ["email"])
    assert mail.take() == []
