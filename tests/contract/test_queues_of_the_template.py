"""Nothing is lost between the topic and the senders."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from helpdesk.model.delivery import Channel
from helpdesk.model.event import Audience, Event, EventType
from helpdesk.model.hearing import HEARD, heard_on
from helpdesk.model.people import SYSTEM
from tests.contract.stack_template import Function, alarms, functions, resources
from tests.support.template import ROOT

CHANNELS = {"SmsQueue", "EmailQueue", "InboxQueue", "WebhookQueue", "ReportsQueue"}
each_channel = pytest.mark.parametrize("channel", sorted(CHANNELS))


def _properties(logical_id: str) -> dict[str, Any]:
    return dict(resources()[logical_id]["Properties"])


def _dead_letters_of(channel: str) -> str:
    target = _properties(channel)["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"]
    return str(target).removesuffix(".Arn")


def _consumer_of(channel: str) -> tuple[Function, dict[str, Any]]:
    reading = [(function, event) for function in functions() for event in function.events("SQS")]
    (found,) = [pair for pair in reading if pair[1]["Queue"] == {"Fn::GetAtt": f"{channel}.Arn"}]
    return found


def _subscription_of(channel: str) -> dict[str, Any]:
    subscriptions = [_properties(name) for name in resources("AWS::SNS::Subscription")]
    (found,) = [item for item in subscriptions if item["Endpoint"] == {"Fn::GetAtt": f"{channel}.Arn"}]
    return found


def test_there_is_a_queue_for_each_channel_and_one_for_its_dead_letters() -> None:
    assert set(resources("AWS::SQS::Queue")) == CHANNELS | {_dead_letters_of(channel) for channel in CHANNELS}


@each_channel
def test_dead_letters_outlive_the_queue(channel: str) -> None:
    kept = [_properties(name)["MessageRetentionPeriod"] for name in (channel, _dead_letters_of(channel))]
    assert kept[0] < kept[1]


@each_channel
def test_an_alarm_rings_when_messages_wait_too_long(channel: str) -> None:
    assert alarms("ApproximateAgeOfOldestMessage")[channel]["Threshold"] == 300


@each_channel
def test_an_alarm_rings_at_the_first_dead_letter(channel: str) -> None:
    assert alarms("ApproximateNumberOfMessagesVisible")[_dead_letters_of(channel)]["Threshold"] == 1


@each_channel
def test_a_message_stays_hidden_for_six_times_the_senders_time_out(channel: str) -> None:
    sender, _ = _consumer_of(channel)
    assert _properties(channel)["VisibilityTimeout"] >= 6 * sender.properties["Timeout"]


@each_channel
def test_a_sender_gives_back_only_the_messages_that_failed(channel: str) -> None:
    _, mapping = _consumer_of(channel)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@each_channel
def test_events_arrive_as_they_were_published(channel: str) -> None:
    subscription = _subscription_of(channel)
    assert subscription["RawMessageDelivery"] is True
    assert subscription["RedrivePolicy"]["deadLetterTargetArn"] == {"Fn::GetAtt": f"{_dead_letters_of(channel)}.Arn"}


def _written() -> dict[EventType, dict[Channel, str]]:
    """The table "Who hears what" of docs/architecture.md, by event and channel."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Who hears what")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    (_, *names), _, *lines = rows
    return {
        EventType(event): {Channel(name): cell for name, cell in zip(names, cells, strict=True) if cell}
        for event, *cells in lines
    }


def test_the_table_of_who_hears_what_is_what_the_code_does() -> None:
    assert _written() == HEARD


@each_channel
def test_a_channel_gets_what_it_tells_of_and_nothing_else(channel: str) -> None:
    heard = heard_on(Channel(channel.removesuffix("Queue").lower()))
    policy = _subscription_of(channel).get("FilterPolicy", {})
    passed = {
        event_type
        for event_type in EventType
        if event_type in policy.get("event_type", list(EventType))
        and _audience(event_type) in policy.get("audience", list(Audience))
    }
    assert passed == heard
    assert set(policy.get("event_type", heard)) == heard


def _audience(event_type: EventType) -> Audience:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Event("e", event_type, at, "4821937057", "sara", "credit", "normal", SYSTEM, "").audience


def test_the_topic_may_send_to_every_queue() -> None:
    (policy,) = [_properties(name) for name in resources("AWS::SQS::QueuePolicy")]
    (statement,) = policy["PolicyDocument"]["Statement"]
    names = {queue["Ref"] for queue in policy["Queues"]}
    assert names == set(resources("AWS::SQS::Queue"))
    assert statement["Resource"] == [{"Fn::GetAtt": f"{queue['Ref']}.Arn"} for queue in policy["Queues"]]
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "DeskEvents"}}}


def test_the_relay_reads_new_events_of_the_outbox_only() -> None:
    (relay,) = [function for function in functions() if function.name == "event_relay"]
    (stream,) = relay.events("DynamoDB")
    (pattern,) = stream["FilterCriteria"]["Filters"]
    keys, image = {"sk": {"S": [{"prefix": "EVENT#"}]}}, {"gsi5pk": {"S": [{"prefix": "OUTBOX#"}]}}
    expected = {"eventName": ["INSERT"], "dynamodb": {"Keys": keys, "NewImage": image}}
    assert json.loads(pattern["Pattern"]) == expected
    assert (stream["StartingPosition"], stream["BisectBatchOnFunctionError"]) == ("TRIM_HORIZON", True)
