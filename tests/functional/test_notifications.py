"""A customer's notifications over HTTP, and what of them is read."""

from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.store import inbox
from tests.functional.conftest import Aws, Client, SignIn

CARD, CHEQUE = "4821937057", "1234567897"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def sara(aws: Aws, customer: SignIn) -> Client:
    """She was told of two tickets in turn, twice each."""
    client, desk = customer(), aws.table("desk")
    assert client.session
    for minutes, number in enumerate((CARD, CHEQUE, CARD, CHEQUE)):
        at = NOW + timedelta(minutes=minutes)
        told = inbox.Notification(new_id(at), EventType.TICKET_ANSWERED, number, at, f"about {number}")
        desk.commit(inbox.creation(desk, client.session.account_id, told))
    return client


def _unread(client: Client) -> list[str]:
    return [one["ticket_number"] for one in client("GET", "/notifications").body["items"] if not one["is_read"]]


def test_a_notification_names_the_subject_of_its_ticket(sara: Client) -> None:
    newest = sara("GET", "/notifications").body["items"][0]

    assert (newest["subject"], newest["type"], newest["is_read"]) == (f"about {CHEQUE}", "ticket_answered", False)


def test_a_ticket_that_was_opened_takes_its_own_notifications_with_it(sara: Client) -> None:
    answer = sara("POST", "/notifications/read", {"ticket_number": CARD})

    assert (answer.status, answer.body) == (200, {"unread": 2})
    assert _unread(sara) == [CHEQUE, CHEQUE]
    assert sara("POST", "/notifications/read", {"ticket_number": CARD}).body == {"unread": 2}


def test_what_was_read_with_its_ticket_is_not_counted_again(sara: Client) -> None:
    _, _, second, _ = sara("GET", "/notifications").body["items"]
    sara("POST", "/notifications/read", {"ticket_number": CARD})

    assert sara("POST", "/notifications/read", {"up_to": second["id"]}).body == {"unread": 1}
    assert _unread(sara) == [CHEQUE]


def test_further_pages_know_what_was_read_too(sara: Client) -> None:
    third = sara("GET", "/notifications").body["items"][2]
    sara("POST", "/notifications/read", {"up_to": third["id"]})

    first = sara("GET", "/notifications", query={"limit": "2"}).body
    further = sara("GET", "/notifications", query={"limit": "2", "cursor": first["next_cursor"]}).body

    assert [one["is_read"] for one in (*first["items"], *further["items"])] == [False, False, True, True]
    assert (first["unread"], further["unread"]) == (2, None)


@pytest.mark.parametrize("body", [{}, {"up_to": new_id(NOW), "ticket_number": CARD}])
def test_one_of_both_is_wanted(sara: Client, body: dict[str, str]) -> None:
    assert sara("POST", "/notifications/read", body).status in (400, 422)
