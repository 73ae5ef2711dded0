"""New events reach the topic, or are parked; nothing in between."""

import copy
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from helpdesk.model.event import Event, EventType
from helpdesk.model.queue_body import read_event
from helpdesk.store import events, keys
from helpdesk.store.table import Table
from tests.functional.backstage.conftest import ANSWERED, OPENED, Backstage, Log, Received, sample

BATCH = sample("event_relay")


@pytest.fixture
def stored(backstage: Backstage) -> Backstage:
    """The desk with the two events that the stream tells of."""
    for record in BATCH["Records"]:
        event = events.from_image(record["dynamodb"]["NewImage"])
        backstage.desk.commit([events.creation(backstage.desk, event, 0)])
    return backstage


def _outbox(desk: Table) -> list[str]:
    return [item["id"]["S"] for item in desk.query("gsi5pk = :box", {":box": keys.outbox(0)}, index="gsi5", limit=9)[0]]


def _fail(monkeypatch: pytest.MonkeyPatch, backstage: Backstage, code: str, only: str = "") -> None:
    """Let SNS answer with this error, for messages that hold a text."""
    client = backstage.function("event_relay").topic.client
    publish = client.publish

    def failing(**request: Any) -> Any:
        if only in request["Message"]:
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, "Publish")
        return publish(**request)

    monkeypatch.setattr(client, "publish", failing)


def test_every_event_of_the_stream_is_published_whole(stored: Backstage, received: Received) -> None:
    stored.invoke("event_relay")

    assert [read_event(message["Body"]) for message in received()] == [OPENED, ANSWERED]


def test_filters_can_tell_type_audience_topic_and_priority(stored: Backstage, received: Received) -> None:
    stored.invoke("event_relay")

    attributes = [
        {name: value["StringValue"] for name, value in message["MessageAttributes"].items()} for message in received()
    ]
    common = {"topic": "cheque_return", "priority": "normal"}
    assert attributes == [
        common | {"event_type": "ticket_opened", "audience": "staff"},
        common | {"event_type": "ticket_answered", "audience": "customer"},
    ]


def test_an_event_of_no_ticket_goes_the_same_way(stored: Backstage, received: Received) -> None:
    lone = Event.without_ticket(ANSWERED.id, EventType.ATTACHMENT_REFUSED, ANSWERED.at, ANSWERED.customer_id, {})
    stored.desk.commit([events.creation(stored.desk, lone, 0)])
    batch = copy.deepcopy(BATCH)
    image = stored.desk.get(keys.lone_event(lone.id)) or {}
    batch["Records"][1]["dynamodb"] |= {"Keys": keys.lone_event(lone.id), "NewImage": image}

    stored.invoke("event_relay", batch)

    (_, message) = received()
    assert read_event(message["Body"]) == lone
    assert set(message["MessageAttributes"]) == {"event_type", "audience"}
    assert _outbox(stored.desk) == [ANSWERED.id]
    assert "relayed_at" in (stored.desk.get(keys.lone_event(lone.id)) or {})


def test_a_published_event_leaves_the_outbox(stored: Backstage, received: Received) -> None:
    assert len(_outbox(stored.desk)) == 2

    stored.invoke("event_relay")

    assert len(received()) == 2
    assert _outbox(stored.desk) == []


@pytest.mark.parametrize("code", ["Throttled", "InternalError", "NotFound", "AuthorizationError"])
def test_a_passing_fault_raises_so_that_the_stream_tries_again(
    stored: Backstage, received: Received, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    _fail(monkeypatch, stored, code, only=ANSWERED.id)

    with pytest.raises(ClientError):
        stored.invoke("event_relay")

    assert _outbox(stored.desk) == [ANSWERED.id]
    assert stored.parked() == []
    assert len(received()) == 1


def test_an_event_that_sns_never_takes_is_parked_and_the_others_go_on(
    stored: Backstage, received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(monkeypatch, stored, "InvalidParameter", only=OPENED.id)

    stored.invoke("event_relay")

    (parked,) = stored.parked()
    assert events.from_image(parked) == OPENED
    assert parked["parked_reason"]["S"] == "UnpublishableError: InvalidParameter"
    assert [read_event(message["Body"]) for message in received()] == [ANSWERED]
    assert _outbox(stored.desk) == []


@pytest.mark.parametrize(
    "damage",
    [{"type": {"S": "ticket_eaten"}}, {"at": {"N": "1"}}, {"actor": {"S": "sara"}}, {"at": {"S": "yesterday"}}],
)
def test_a_record_that_is_no_event_is_parked_as_it_came(
    backstage: Backstage, received: Received, damage: dict[str, Any]
) -> None:
    batch = copy.deepcopy(BATCH)
    image = batch["Records"][0]["dynamodb"]["NewImage"]
    image |= damage

    backstage.invoke("event_relay", batch)

    (parked,) = backstage.parked()
    assert {name: parked[name] for name in image if not name.startswith("gsi5")} == {
        name: value for name, value in image.items() if not name.startswith("gsi5")
    }
    assert len(received()) == 1


def test_what_is_parked_rings_the_alarm(
    stored: Backstage,
    received: Received,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    log_of: Log,
) -> None:
    log = log_of("event_relay")
    _fail(monkeypatch, stored, "InvalidParameter")

    stored.invoke("event_relay")

    assert json.loads(capsys.readouterr().out)["Parked"] == [1.0, 1.0]
    assert [json.loads(line)["level"] for line in log.getvalue().splitlines()] == ["ERROR", "ERROR"]
    assert received() == []


def test_a_parked_event_put_back_into_the_outbox_is_published(
    stored: Backstage, received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        _fail(broken, stored, "InvalidParameter", only=OPENED.id)
        stored.invoke("event_relay")
    received()

    stored.desk.apply(
        stored.desk.update(
            keys.event(OPENED.ticket_number, OPENED.id),
            "SET gsi5pk = :outbox",
            values={":outbox": {"S": keys.outbox(0)}, ":was": {"S": keys.parked()}},
            condition="gsi5pk = :was",
        )
    )
    monkeypatch.setattr("outbox_sweeper.app.present", lambda: OPENED.at.replace(year=2100))
    stored.invoke("outbox_sweeper")

    assert [read_event(message["Body"]) for message in received()] == [OPENED]


def test_an_event_that_is_gone_from_the_table_does_not_stop_the_stream(
    backstage: Backstage, received: Received
) -> None:
    backstage.invoke("event_relay")

    assert len(received()) == 2
    assert [item["sk"]["S"] for item in backstage.aws.items("desk")] == ["PROFILE"]
