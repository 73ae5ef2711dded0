"""Customers are told inside the panel, each event once."""

from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import EventType
from helpdesk.model.queue_body import event_body
from helpdesk.store import inbox, keys
from tests.functional.backstage.conftest import ANSWERED, OPENED, SARA, Backstage

BODY = event_body(ANSWERED)
INBOX = "inbox_writer"


def _inbox(backstage: Backstage) -> tuple[int, list[str]]:
    """How many are unread, and of which events the notifications are."""
    summary, notifications, _ = inbox.list_notifications(backstage.desk, SARA.id, 10, None)
    return summary.unread if summary else 0, [notification.id for notification in notifications]


def test_a_customer_finds_a_notification_in_the_panel(backstage: Backstage) -> None:
    assert backstage.invoke(INBOX) == {"batchItemFailures": []}

    _, (notification,), _ = inbox.list_notifications(backstage.desk, SARA.id, 10, None)
    assert (notification.type, notification.ticket_number) == ("ticket_answered", ANSWERED.ticket_number)
    assert _inbox(backstage) == (1, [ANSWERED.id])
    assert backstage.row(Channel.INBOX).state == DeliveryState.SENT


def test_a_notification_carries_the_subject_of_its_ticket(backstage: Backstage) -> None:
    subject = {"subject": {"S": "قسط دوم"}}
    backstage.desk.apply(
        backstage.desk.put({**keys.ticket(ANSWERED.ticket_number), **subject}, refusal=lambda _: AssertionError())
    )

    backstage.tell(INBOX, BODY)

    _, (notification,), _ = inbox.list_notifications(backstage.desk, SARA.id, 10, None)
    assert notification.subject == "قسط دوم"


def test_an_event_that_comes_again_is_not_counted_again(backstage: Backstage) -> None:
    for _ in range(2):
        assert backstage.tell(INBOX, BODY, BODY) == []

    assert _inbox(backstage) == (1, [ANSWERED.id])


def test_nobody_is_told_of_his_own_doing(backstage: Backstage) -> None:
    own = replace(OPENED, id=ANSWERED.id, type=EventType.TICKET_RESOLVED)

    backstage.tell(INBOX, event_body(own))

    assert backstage.row(Channel.INBOX).reason == "own_doing"
    assert _inbox(backstage) == (0, [])


def test_notification_count_and_ledger_stand_or_fall_together(
    backstage: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = backstage.function(INBOX).desk.client
    sent: list[int] = []

    def fail(**request: list[object]) -> None:
        sent.append(len(request["TransactItems"]))
        raise ClientError({"Error": {"Code": "InternalServerError", "Message": "no"}}, "TransactWriteItems")

    with monkeypatch.context() as broken:
        broken.setattr(client, "transact_write_items", fail)
        assert backstage.tell(INBOX, BODY) == ["0"]
    assert sent == [3]
    assert _inbox(backstage) == (0, [])

    assert backstage.tell(INBOX, BODY) == []
    assert _inbox(backstage) == (1, [ANSWERED.id])


def test_an_unreadable_message_goes_back_to_the_queue_alone(backstage: Backstage) -> None:
    assert backstage.tell(INBOX, "no JSON", BODY) == ["0"]

    assert _inbox(backstage) == (1, [ANSWERED.id])
