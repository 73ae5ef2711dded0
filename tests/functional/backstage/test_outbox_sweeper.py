"""Every minute: what was left lying is dealt with, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from helpdesk.actions.sweep import GRACE, MOST
from helpdesk.model.attachment import Attachment, AttachmentState, Refusal, clean_key, thumbnail_key
from helpdesk.model.delivery import Channel, DeliveryState, LedgerEntry
from helpdesk.model.identifiers import new_id
from helpdesk.model.queue_body import read_event
from helpdesk.store import attachments, deliveries, events
from tests.functional.backstage.conftest import ANSWERED, OPENED, Backstage, Received

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OWNER = "sara"


@pytest.fixture(autouse=True)
def _now(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweeper's present stands still."""
    monkeypatch.setattr(backstage.function("outbox_sweeper"), "present", lambda: NOW)


type Waiting = Callable[..., None]


@pytest.fixture
def waiting(backstage: Backstage) -> Waiting:
    """Put an event into the outbox of a shard: `waiting(OPENED, timedelta(minutes=2), shard=3)`."""

    def wait(event: Any, since: timedelta, shard: int = 0) -> None:
        backstage.desk.commit([events.creation(backstage.desk, replace(event, at=NOW - since), shard)])

    return wait


def test_an_event_that_nobody_relayed_for_a_minute_is_published(
    backstage: Backstage, received: Received, waiting: Waiting
) -> None:
    waiting(OPENED, GRACE + timedelta(seconds=1), shard=3)

    backstage.invoke("outbox_sweeper")

    assert [read_event(message["Body"]).id for message in received()] == [OPENED.id]
    assert events.list_unrelayed(backstage.desk, 3, NOW, 9) == []


def test_a_fresh_event_is_left_to_the_relay(backstage: Backstage, received: Received, waiting: Waiting) -> None:
    waiting(OPENED, GRACE - timedelta(seconds=1))

    backstage.invoke("outbox_sweeper")

    assert received() == []
    assert len(events.list_unrelayed(backstage.desk, 0, NOW, 9)) == 1


def test_the_alarms_see_how_long_an_event_waited_and_how_much_is_parked(
    backstage: Backstage, received: Received, waiting: Waiting, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting(OPENED, timedelta(minutes=7), shard=1)
    waiting(replace(OPENED, id=new_id(NOW)), timedelta(minutes=2), shard=2)
    for n in range(2):
        entry = LedgerEntry(f"e{n}", Channel.SMS, "sara", "4821937057", DeliveryState.FAILED, NOW, reason="gateway_411")
        backstage.desk.apply(deliveries.take(backstage.desk, entry))

    backstage.invoke("outbox_sweeper")

    measured = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (measured["UnrelayedAge"], measured["ParkedItems"]) == ([420.0, 120.0], [2.0])


def test_an_undecodable_event_is_parked_and_does_not_stop_the_others(
    backstage: Backstage, received: Received, waiting: Waiting
) -> None:
    waiting(OPENED, timedelta(minutes=9))
    waiting(ANSWERED, timedelta(minutes=8))
    (first, _) = events.list_unrelayed(backstage.desk, 0, NOW, 9)
    backstage.aws.dynamodb.put_item(TableName="desk", Item=first | {"type": {"S": "ticket_eaten"}})

    backstage.invoke("outbox_sweeper")

    assert [item["id"]["S"] for item in backstage.parked()] == [OPENED.id]
    assert [read_event(message["Body"]).id for message in received()] == [ANSWERED.id]


def _attachment(backstage: Backstage, state: AttachmentState, swept_at: datetime, **more: Any) -> Attachment:
    attachment = Attachment(
        id=new_id(NOW),
        owner_id=OWNER,
        filename="کارت ملی.png",
        content_type="image/png",
        size=10,
        state=state,
        created_at=NOW - timedelta(hours=25),
        swept_at=swept_at,
        shard=2,
        **more,
    )
    backstage.desk.commit([attachments.creation(backstage.desk, attachment)])
    for key in (clean_key(attachment.id), thumbnail_key(attachment.id)):
        backstage.aws.s3.put_object(Bucket="files", Key=key, Body=b"picture")
    return attachment


def _files(backstage: Backstage) -> list[str]:
    return [file["Key"] for file in backstage.aws.s3.list_objects_v2(Bucket="files").get("Contents", [])]


@pytest.mark.parametrize("state", [AttachmentState.CLEAN, AttachmentState.REFUSED, AttachmentState.AWAITING_UPLOAD])
def test_an_attachment_that_came_to_no_message_in_time_goes_with_its_files(
    backstage: Backstage, state: AttachmentState
) -> None:
    attachment = _attachment(backstage, state, NOW - timedelta(seconds=1))

    backstage.invoke("outbox_sweeper")

    assert attachments.find(backstage.desk, attachment.id) is None
    assert _files(backstage) == []


def test_an_attachment_whose_time_is_not_up_stays(backstage: Backstage) -> None:
    attachment = _attachment(backstage, AttachmentState.CLEAN, NOW + timedelta(seconds=1))

    backstage.invoke("outbox_sweeper")

    assert attachments.find(backstage.desk, attachment.id) == attachment
    assert len(_files(backstage)) == 2


def test_a_check_that_does_not_end_becomes_a_refusal_that_its_owner_can_read(backstage: Backstage) -> None:
    attachment = _attachment(backstage, AttachmentState.CHECKING, NOW - timedelta(seconds=1))

    backstage.invoke("outbox_sweeper")

    refused = attachments.find(backstage.desk, attachment.id)
    assert refused
    assert (refused.state, refused.reason) == (AttachmentState.REFUSED, Refusal.CHECK_TIMEOUT)
    assert refused.swept_at == NOW + timedelta(hours=24)


def test_a_linked_attachment_is_never_swept_even_if_the_index_still_shows_it(
    backstage: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = _attachment(backstage, AttachmentState.CLEAN, NOW - timedelta(seconds=1))
    linked = stale.linked_to(OPENED.ticket_number, "message", owner_id=OWNER)
    backstage.desk.apply(attachments.change(backstage.desk, linked, AttachmentState.CLEAN))
    monkeypatch.setattr(attachments, "list_expired", lambda *_: [stale])

    backstage.invoke("outbox_sweeper")

    assert attachments.find(backstage.desk, stale.id) == linked
    assert len(_files(backstage)) == 2


def test_files_that_cannot_be_deleted_keep_their_item_for_the_next_sweep(
    backstage: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachment = _attachment(backstage, AttachmentState.CLEAN, NOW - timedelta(seconds=1))
    s3 = backstage.function("outbox_sweeper").files.client

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "SlowDown", "Message": "no"}}, "DeleteObject")

    with monkeypatch.context() as broken:
        broken.setattr(s3, "delete_object", refuse)
        with pytest.raises(ExceptionGroup):
            backstage.invoke("outbox_sweeper")
    left = attachments.find(backstage.desk, attachment.id)
    assert left
    assert left.state == AttachmentState.REFUSED

    monkeypatch.setattr(backstage.function("outbox_sweeper"), "present", lambda: NOW + timedelta(minutes=1))
    backstage.invoke("outbox_sweeper")

    assert attachments.find(backstage.desk, attachment.id) is None
    assert _files(backstage) == []


def test_a_topic_that_does_not_answer_does_not_stop_the_attachments(
    backstage: Backstage, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(OPENED, timedelta(minutes=2))
    attachment = _attachment(backstage, AttachmentState.CLEAN, NOW - timedelta(seconds=1))

    def refuse(**_: Any) -> None:
        raise ClientError({"Error": {"Code": "InternalError", "Message": "no"}}, "Publish")

    monkeypatch.setattr(backstage.function("outbox_sweeper").topic.client, "publish", refuse)
    with pytest.raises(ExceptionGroup):
        backstage.invoke("outbox_sweeper")

    assert attachments.find(backstage.desk, attachment.id) is None
    assert len(events.list_unrelayed(backstage.desk, 0, NOW, 9)) == 1


def test_a_run_takes_no_more_than_its_share(backstage: Backstage, received: Received, waiting: Waiting) -> None:
    for n in range(MOST + 1):
        waiting(replace(OPENED, id=f"{n:026}"), timedelta(hours=1))

    backstage.invoke("outbox_sweeper")

    assert len(received()) == MOST
