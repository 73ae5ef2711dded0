"""What an operator does to a stack."""

from datetime import UTC, datetime

from helpdesk.model.delivery import Channel, DeliveryState, LedgerEntry
from helpdesk.store import deliveries
from operations.parked import line, parked
from operations.redrive import redrive
from tests.functional.conftest import Aws

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_parked_delivery_is_listed_with_its_reason(aws: Aws) -> None:
    desk = aws.table("desk")
    entry = LedgerEntry("EVENT", Channel.SMS, "sara", "4821937057", DeliveryState.UNKNOWN, NOW, reason="broken_off")
    desk.apply(deliveries.take(desk, entry))

    assert [line(item) for item in parked("desk")] == [
        "2026-11-23T08:00:00.000Z  DELIVERY#EVENT  sms#sara  broken_off",
    ]


def test_a_sent_delivery_is_not_listed(aws: Aws) -> None:
    desk = aws.table("desk")
    entry = LedgerEntry("EVENT", Channel.SMS, "sara", "4821937057", DeliveryState.SENT, NOW)
    desk.apply(deliveries.take(desk, entry))

    assert list(parked("desk")) == []


def test_dead_letters_go_back_to_their_queue(aws: Aws) -> None:
    queue, dead = (aws.sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("sms", "sms-dead"))
    for n in range(12):
        aws.sqs.send_message(QueueUrl=dead, MessageBody=f"event {n}")

    assert redrive(dead, queue) == 12

    assert _waiting(aws, queue) == 12
    assert _waiting(aws, dead) == 0


def _waiting(aws: Aws, url: str) -> int:
    names = ["ApproximateNumberOfMessages"]
    return int(aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"][names[0]])
