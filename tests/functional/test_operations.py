"""What an operator does to a stack."""

from datetime import UTC, datetime, timedelta

from helpdesk.model.delivery import Channel, DeliveryState, LedgerEntry
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Kind
from helpdesk.store import deliveries, events, keys
from operations.parked import line, parked
from operations.redrive import redrive
from operations.trace import event_of, events_of
from operations.trace import lines as trace_lines
from operations.unpark import dismiss, unpark
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


EVENT_ID = "01KB8R2M7X0000000000000000"
QUEUES = dict.fromkeys(Channel, "https://sqs.eu-central-1.amazonaws.com/123456789012/sms")


def _event(aws: Aws) -> Event:
    """An answer that waits in the outbox."""
    reza = Actor(Kind.AGENT, "reza", "رضا")
    event = Event(EVENT_ID, EventType.TICKET_ANSWERED, NOW, "4821937057", "sara", "credit", "normal", reza, "").sealed()
    aws.table("desk").commit([events.creation(aws.table("desk"), event, 0)])
    return event


def _row(aws: Aws, channel: Channel, state: DeliveryState, **more: str) -> LedgerEntry:
    entry = LedgerEntry(EVENT_ID, channel, "sara", "4821937057", state, NOW, **more)  # type: ignore[arg-type]
    aws.table("desk").apply(deliveries.take(aws.table("desk"), entry))
    return entry


def test_the_way_of_an_event_is_read_from_the_ledger_alone(aws: Aws) -> None:
    desk, event = aws.table("desk"), _event(aws)
    desk.apply(events.relayed(desk, event, NOW))
    _row(aws, Channel.SMS, DeliveryState.SENT, provider_id="8792343")
    _row(aws, Channel.EMAIL, DeliveryState.SUPPRESSED, reason="no_address")

    ((event_id, image),) = events_of(desk, "4821-9370-57")

    assert event_of(desk, EVENT_ID) == (event_id, image)
    *told, inbox, reports = trace_lines(event_id, image, deliveries.list_of_event(desk, event_id))
    assert [line.split() for line in told] == [
        [EVENT_ID, "ticket_answered", "2026-11-23T08:00:00.000Z"],
        ["relayed", "2026-11-23T08:00:00.000Z"],
        ["email", "sara", "suppressed", "since", "2026-11-23T08:00:00.000Z", "no_address"],
        ["sms", "sara", "sent", "since", "2026-11-23T08:00:00.000Z", "provider:", "8792343"],
    ]
    assert [line.split()[:4] for line in (inbox, reports)] == [
        ["inbox", "customer", "no", "row:"],
        ["reports", "counters", "no", "row:"],
    ]


def test_an_event_that_waits_for_its_relay_says_so(aws: Aws) -> None:
    desk, _ = aws.table("desk"), _event(aws)

    ((event_id, image),) = events_of(desk, "4821937057")

    _, outbox = trace_lines(event_id, image, [])
    assert outbox.strip() == "waits to be relayed"


def test_a_parked_event_goes_back_into_the_outbox(aws: Aws) -> None:
    desk, event = aws.table("desk"), _event(aws)
    image = desk.get(keys.event(event.ticket_number, event.id)) or {}
    desk.apply(events.parking(desk, image, "UnpublishableError: InvalidParameter", NOW))

    assert list(unpark(desk, QUEUES, EVENT_ID, NOW)) == [f"{EVENT_ID} is in the outbox again"]

    assert list(parked("desk")) == []
    (waiting,) = events.list_unrelayed(desk, 0, NOW + timedelta(minutes=1), 10)
    assert events.from_image(waiting) == event


def test_a_parked_delivery_is_tried_again_and_the_others_are_not(aws: Aws) -> None:
    url = aws.sqs.create_queue(QueueName="sms")["QueueUrl"]
    desk, event = aws.table("desk"), _event(aws)
    _row(aws, Channel.SMS, DeliveryState.UNKNOWN, reason="broken_off")
    _row(aws, Channel.EMAIL, DeliveryState.SENT)

    assert list(unpark(desk, QUEUES | {Channel.SMS: url}, EVENT_ID, NOW)) == ["sms to sara is queued again"]

    states = {row.channel: row.state for row in deliveries.list_of_event(desk, EVENT_ID)}
    assert states == {Channel.SMS: DeliveryState.QUEUED, Channel.EMAIL: DeliveryState.SENT}
    assert list(parked("desk")) == []
    delayed = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessagesDelayed"])
    assert delayed["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"
    assert event.id == EVENT_ID


def test_what_is_dismissed_is_off_the_list_and_keeps_its_state(aws: Aws) -> None:
    desk, _ = aws.table("desk"), _event(aws)
    _row(aws, Channel.SMS, DeliveryState.FAILED, reason="gateway_411")

    assert list(dismiss(desk, EVENT_ID, NOW)) == ["sms to sara stays failed, and is off the list"]

    assert list(parked("desk")) == []
    assert [row.state for row in deliveries.list_of_event(desk, EVENT_ID)] == [DeliveryState.FAILED]


def test_nothing_is_done_where_nothing_is_parked(aws: Aws) -> None:
    _event(aws)
    _row(aws, Channel.SMS, DeliveryState.SENT)

    assert list(unpark(aws.table("desk"), QUEUES, EVENT_ID, NOW)) == []
    assert list(dismiss(aws.table("desk"), EVENT_ID, NOW)) == []
