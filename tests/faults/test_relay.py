"""The way from the table to the topic: published twice, in any order, late, by a relay that dies, or never."""

import json
import random
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from helpdesk.model.delivery import Channel
from helpdesk.store import keys
from helpdesk.store.codec import timestamp
from tests.e2e.conftest import PASSWORD
from tests.e2e.people import Person, wait_for
from tests.faults.call import asks
from tests.faults.conftest import Opened
from tests.faults.desk import Desk
from tests.faults.fault import duplicate, failed, failed_after, late, late_answer, lost_answer, reset, throttled
from tests.faults.law import is_parked
from tests.faults.people import PHONES, Someone
from tests.faults.test_senders import answer, killing

FAULTS = (throttled, failed, failed_after, reset, lost_answer, late, late_answer, duplicate)


def record(image: dict[str, Any]) -> dict[str, Any]:
    """An insert as the stream tells of it."""
    key = {name: image[name] for name in ("pk", "sk")}
    return {"eventName": "INSERT", "eventID": str(uuid4()), "dynamodb": {"Keys": key, "NewImage": image}}


def test_records_that_come_again_and_out_of_order_change_nothing(
    desk: Desk, sara: Someone, reza: Someone, opened: Opened
) -> None:
    number = opened()
    for _ in range(3):
        answer(reza, number)
    desk.come_to_rest(60)
    images = desk.events(number) * 2
    random.Random(7).shuffle(images)

    desk.invoke("event_relay", {"Records": [record(image) for image in images]})
    desk.come_to_rest(60)

    assert sara.web.get("/notifications")["unread"] == 3
    assert all("gsi5pk" not in event for event in desk.events(number))


@pytest.mark.parametrize("service", ["sns", "dynamodb"])
def test_every_fault_of_topic_and_table_leaves_the_event_relayed(
    desk: Desk, sara: Someone, opened: Opened, service: str
) -> None:
    """One fault after the other, each for as long as the client tries: the stream brings the record again."""
    numbers = []
    for fault in FAULTS:
        with desk.proxy.rule(asks(service, of="event_relay"), fault, times=3) as rule:
            numbers.append(opened())
            wait_for(rule.met.copy, "the fault")
            wait_for(partial(is_relayed, desk, numbers[-1]), "the event's relay")

    assert len({*numbers}) == len(FAULTS)


def is_relayed(desk: Desk, number: str) -> bool:
    return all("relayed_at" in event for event in desk.events(number))


@pytest.mark.parametrize("done", [False, True])
def test_a_relay_killed_between_publishing_and_marking_publishes_again(
    desk: Desk, reza: Someone, sara: Someone, opened: Opened, *, done: bool
) -> None:
    number = opened()
    desk.come_to_rest(30)

    with desk.proxy.rule(asks("dynamodb", "UpdateItem", of="event_relay"), killing(desk, done=done), times=1) as rule:
        event_id = answer(reza, number)
        desk.come_to_rest(60)

    assert len(rule.met) == 1
    assert [len(desk.rows(event_id, channel)) for channel in Channel] == [1, 1, 1, 0, 1]
    assert len(desk.gateway.to(sara.phone)) == 1


def test_an_event_that_can_never_be_published_is_parked_whole_and_the_rest_goes_on(desk: Desk, opened: Opened) -> None:
    key = keys.event(str(uuid4()), "01POISON")
    poison = {**key, "type": {"S": "of_tomorrow"}, "data": {"M": {"text": {"S": "هرچه هست"}}}}
    outbox = {"gsi5pk": {"S": keys.outbox(0)}, "gsi5sk": {"S": f"{timestamp(datetime.now(UTC))}#01POISON"}}
    desk.stack.cloud.dynamodb.put_item(TableName=desk.table().name, Item=poison | outbox)

    number = opened()
    wait_for(lambda: is_relayed(desk, number), "the next event")

    (standing,) = [item for item in desk.items() if item["sk"] == key["sk"]]
    assert poison.items() <= standing.items()
    assert is_parked(standing)
    assert standing["parked_reason"]["S"].startswith("UndecodableEventError")
    wait_for(lambda: metric(desk, "event_relay", "Parked"), "the metric that the alarm looks at")
    desk.stack.cloud.dynamodb.delete_item(TableName=desk.table().name, Key=key)


def metric(desk: Desk, function: str, name: str) -> list[float]:
    """What a function's log holds of a metric."""
    logs: Any = desk.stack.cloud.logs
    group = desk.functions[function]["LoggingConfig"]["LogGroup"]
    lines = [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]
    documents = [json.loads(line) for line in lines if '"CloudWatchMetrics"' in line]
    return [value for document in documents for value in document.get(name, [])]


def test_the_sweeper_publishes_what_the_relay_left_lying(desk: Desk, sara: Someone, opened: Opened) -> None:
    functions: Any = desk.stack.cloud.functions
    name = desk.functions["event_relay"]["FunctionName"]
    (mapping,) = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)

    number = opened()
    (event,) = desk.events(number)
    a_minute_ago = event["gsi5sk"]["S"].replace(event["gsi5sk"]["S"][:4], "2020", 1)
    desk.stack.cloud.dynamodb.update_item(
        TableName=desk.table().name,
        Key={"pk": event["pk"], "sk": event["sk"]},
        UpdateExpression="SET gsi5sk = :then",
        ExpressionAttributeValues={":then": {"S": a_minute_ago}},
    )
    with desk.proxy.rule(asks("sns", of="outbox_sweeper"), throttled, times=1) as rule:
        desk.invoke("outbox_sweeper", {})

    assert len(rule.met) == 1
    assert is_relayed(desk, number)
    functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)


def test_a_code_that_the_queue_did_not_take_is_said_and_may_be_asked_for_again(desk: Desk) -> None:
    """A code is no event; its minute between two sends has begun."""
    stranger, body = (
        Person.at(desk.stack.file.public_api),
        {"phone": next(PHONES), "name": "نیما", "password": PASSWORD},
    )

    with desk.proxy.rule(asks("sqs", "SendMessage", of="customer_accounts"), throttled):
        refused = stranger.call("POST", "/registrations", body)
    again = stranger.call("POST", "/registrations", body)

    assert (refused.status_code, again.status_code) == (503, 429)
    assert int(refused.headers["Retry-After"]) < int(again.headers["Retry-After"]) <= 60
