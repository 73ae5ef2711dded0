"""What arrives in quarantine becomes a clean file or a refusal, once."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from helpdesk.model.attachment import (
    Attachment,
    AttachmentState,
    Refusal,
    clean_key,
    thumbnail_key,
    upload_key,
)
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind
from helpdesk.store import attachments
from tests.functional.conftest import Aws
from tests.support.http_events import context
from tests.support.media import document, eicar, opened, picture

EVENT = json.loads((Path(__file__).parents[2] / "events" / "attachment_checker.json").read_text(encoding="utf-8"))
SIZE = 10_000


class Desk:
    """One attachment on its way through the checker."""

    def __init__(
        self, aws: Aws, content_type: str = "image/png", size: int = SIZE, owner_kind: Kind = Kind.CUSTOMER
    ) -> None:
        self.aws, self.table = aws, aws.table("desk")
        now = datetime.now(UTC)
        self.asked_for = Attachment(
            id=new_id(now),
            owner_id="sara",
            owner_kind=owner_kind,
            filename="کارت ملی.png",
            content_type=content_type,
            size=size,
            state=AttachmentState.AWAITING_UPLOAD,
            created_at=now,
            swept_at=now + timedelta(hours=24),
            shard=1,
        )
        self.key = upload_key(self.asked_for.id)
        self.table.apply(attachments.creation(self.table, self.asked_for))

    def upload(self, content: bytes) -> str:
        """Put a version into quarantine, as the presigned form would."""
        stored = self.aws.s3.put_object(Bucket="uploads", Key=self.key, Body=content)
        return str(stored["VersionId"])

    def tell(self, version_id: str, key: str = "") -> None:
        """Let the checker know of a version."""
        event = copy.deepcopy(EVENT)
        event["Records"][0]["s3"]["object"] |= {"key": quote_plus(key or self.key, safe="/"), "versionId": version_id}
        import_module("attachment_checker.app").handler(event, context())

    def tag(self, version_id: str, result: str) -> None:
        """Let the malware scanner say what it found in a version; S3 tells of the tag."""
        tags = {"TagSet": [{"Key": "GuardDutyMalwareScanStatus", "Value": result}]}
        self.aws.s3.put_object_tagging(Bucket="uploads", Key=self.key, VersionId=version_id, Tagging=tags)
        self.tell(version_id)

    def upload_and_tell(self, content: bytes) -> str:
        version_id = self.upload(content)
        self.tell(version_id)
        return version_id

    @property
    def now(self) -> Attachment:
        """The attachment as it stands."""
        found = attachments.find(self.table, self.asked_for.id)
        assert found is not None
        return found

    def versions(self) -> set[str]:
        """What quarantine holds, with delete markers."""
        listed = self.aws.s3.list_object_versions(Bucket="uploads")
        return {entry["VersionId"] for kind in ("Versions", "DeleteMarkers") for entry in listed.get(kind, [])}

    def files(self) -> dict[str, bytes]:
        """What the files bucket holds."""
        listed = self.aws.s3.list_objects_v2(Bucket="files").get("Contents", [])
        keys = [entry["Key"] for entry in listed]
        return {key: self.aws.s3.get_object(Bucket="files", Key=key)["Body"].read() for key in keys}


type Start = Callable[..., Desk]


@pytest.fixture
def desk(aws: Aws) -> Start:
    """An attachment that waits for its upload: `desk("image/png", 10_000)`."""
    aws.s3.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})

    def start(content_type: str = "image/png", size: int = SIZE, owner_kind: Kind = Kind.CUSTOMER) -> Desk:
        return Desk(aws, content_type, size, owner_kind)

    return start


def test_a_picture_becomes_a_clean_file_with_a_thumbnail(desk: Start) -> None:
    sara = desk()

    sara.upload_and_tell(picture())

    clean, files = sara.now, sara.files()
    assert (clean.state, clean.reason, clean.has_thumbnail) == (AttachmentState.CLEAN, None, True)
    assert set(files) == {clean_key(clean.id), thumbnail_key(clean.id)}
    assert opened(files[clean_key(clean.id)]).size == (64, 48)
    assert clean.size == len(files[clean_key(clean.id)])


def test_a_clean_copy_says_its_type_and_that_it_is_to_be_saved(desk: Start, aws: Aws) -> None:
    sara = desk()

    sara.upload_and_tell(picture())

    heads = [aws.s3.head_object(Bucket="files", Key=key(sara.now.id)) for key in (clean_key, thumbnail_key)]
    assert [head["ContentType"] for head in heads] == ["image/png", "image/jpeg"]
    assert {head["ContentDisposition"] for head in heads} == {"attachment"}


def test_a_document_is_kept_as_it_came_without_a_thumbnail(desk: Start) -> None:
    sara = desk("application/pdf")

    sara.upload_and_tell(document())

    assert (sara.now.state, sara.now.has_thumbnail) == (AttachmentState.CLEAN, False)
    assert sara.files() == {clean_key(sara.now.id): document()}


def test_a_clean_file_waits_a_day_for_its_message(desk: Start) -> None:
    sara = desk()

    sara.upload_and_tell(picture())

    swept_at = sara.now.swept_at
    assert swept_at is not None
    assert timedelta(hours=23, minutes=59) < swept_at - datetime.now(UTC) <= timedelta(hours=24)


def test_the_upload_is_gone_without_a_trace_afterwards(desk: Start) -> None:
    sara, omid = desk(), desk()

    sara.upload_and_tell(picture())
    omid.upload_and_tell(b"no picture")

    assert sara.versions() == set()


@pytest.mark.parametrize(
    ("content", "content_type", "reason"),
    [
        (b"", "image/png", Refusal.EMPTY),
        (bytes(SIZE + 1), "image/png", Refusal.TOO_LARGE),
        (picture("image/jpeg"), "image/png", Refusal.WRONG_TYPE),
        (picture()[:80], "image/png", Refusal.DAMAGED),
        (document(b"/Names << /JavaScript 4 0 R >>"), "application/pdf", Refusal.DANGEROUS),
        (picture() + eicar(), "image/png", Refusal.DANGEROUS),
    ],
    ids=["empty", "too large", "another type", "cut", "acting document", "malware"],
)
def test_what_is_not_taken_is_refused_with_its_reason(
    desk: Start, content: bytes, content_type: str, reason: Refusal
) -> None:
    sara = desk(content_type)

    sara.upload_and_tell(content)

    assert (sara.now.state, sara.now.reason) == (AttachmentState.REFUSED, reason)
    assert sara.files() == {}


def _told(desk: Desk) -> list[dict[str, Any]]:
    """The events of no ticket that wait to be relayed."""
    return [item for item in desk.aws.items("desk") if item["pk"]["S"].startswith("NEWS#") and "gsi5pk" in item]


def test_the_customer_is_told_of_a_refusal_and_why(desk: Start) -> None:
    one = desk()

    one.upload_and_tell(eicar())

    (event,) = _told(one)
    assert (event["type"]["S"], event["customer_id"]["S"]) == ("attachment_refused", "sara")
    assert event["data"]["M"] == {"attachment_id": {"S": one.asked_for.id}, "reason": {"S": one.now.reason}}


def test_staff_are_not_and_of_a_clean_file_nobody_is(desk: Start) -> None:
    clean, staffs = desk(), desk(owner_kind=Kind.AGENT)

    clean.upload_and_tell(picture())
    staffs.upload_and_tell(eicar())

    assert (clean.now.state, staffs.now.state) == (AttachmentState.CLEAN, AttachmentState.REFUSED)
    assert _told(clean) == []


def test_a_later_version_changes_nothing_and_goes(desk: Start) -> None:
    sara = desk()
    sara.upload_and_tell(picture())
    clean, files = sara.now, sara.files()

    sara.upload_and_tell(picture(size=(10, 10)))

    assert (sara.now, sara.files()) == (clean, files)
    assert sara.versions() == set()


def test_a_refusal_stands_whatever_comes_later(desk: Start) -> None:
    sara = desk()
    sara.upload_and_tell(b"no picture")

    sara.upload_and_tell(picture())

    assert sara.now.state == AttachmentState.REFUSED


def test_only_the_version_told_of_is_read(desk: Start) -> None:
    sara = desk()
    first = sara.upload(picture())
    second = sara.upload(b"no picture")

    sara.tell(first)

    assert (sara.now.state, sara.now.version_id) == (AttachmentState.CLEAN, first)
    assert sara.versions() == {second}


def test_the_same_event_twice_is_decided_once(desk: Start) -> None:
    sara = desk()
    version_id = sara.upload_and_tell(picture())
    decided = sara.now

    sara.tell(version_id)

    assert sara.now == decided


def test_a_check_that_broke_off_goes_on_when_told_again(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sara, version_id = desk(), ""
    app = import_module("attachment_checker.app")
    with monkeypatch.context() as patched:
        patched.setattr(type(app.laboratory.files), "put", _fail)
        version_id = sara.upload(picture())
        with pytest.raises(TimeoutError):
            sara.tell(version_id)
    broken_off = sara.now

    sara.tell(version_id)

    assert broken_off.state == AttachmentState.CHECKING
    assert sara.now.state == AttachmentState.CLEAN
    assert sara.versions() == set()


def _fail(*_: Any) -> None:
    raise TimeoutError


def test_another_version_does_not_enter_a_running_check(desk: Start) -> None:
    sara = desk()
    first, second = sara.upload(picture()), sara.upload(picture(size=(10, 10)))
    checking = take(sara, first)

    sara.tell(second)

    assert sara.now == checking
    assert sara.versions() == {first}


def test_of_two_versions_told_of_at_once_the_quicker_counts(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sara = desk()
    first, second = sara.upload(picture()), sara.upload(picture(size=(10, 10)))
    read_before = sara.now
    checking = take(sara, first)

    find_first(monkeypatch, read_before)
    sara.tell(second)

    assert sara.now == checking


def test_of_one_version_told_of_twice_at_once_both_may_finish(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sara = desk()
    version_id, read_before = sara.upload(picture()), sara.now
    take(sara, version_id)

    find_first(monkeypatch, read_before)
    sara.tell(version_id)

    assert sara.now.state == AttachmentState.CLEAN


def take(desk: Desk, version_id: str) -> Attachment:
    """Another invocation has begun to check this version."""
    checking = desk.now.checking(version_id, datetime.now(UTC))
    desk.table.apply(attachments.change(desk.table, checking, AttachmentState.AWAITING_UPLOAD))
    return desk.now


def find_first(monkeypatch: pytest.MonkeyPatch, stale: Attachment) -> None:
    """Let the next read be from before another invocation's write."""
    answers, find = [stale], attachments.find
    monkeypatch.setattr(attachments, "find", lambda *key: answers.pop() if answers else find(*key))


def test_a_check_that_broke_off_has_five_minutes(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sara = desk()
    monkeypatch.setattr(type(import_module("attachment_checker.app").laboratory.files), "put", _fail)

    with pytest.raises(TimeoutError):
        sara.upload_and_tell(picture())

    overdue = attachments.list_expired(sara.table, 1, datetime.now(UTC) + timedelta(minutes=5), 10)
    assert [attachment.id for attachment in overdue] == [sara.asked_for.id]
    assert attachments.list_expired(sara.table, 1, datetime.now(UTC) + timedelta(minutes=4), 10) == []


def test_what_the_sweeper_refused_stays_refused(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check takes too long; while it runs, the sweeper ends it."""
    sara = desk()
    files = type(import_module("attachment_checker.app").laboratory.files)
    put = files.put

    def slow_put(*arguments: Any) -> None:
        if sara.now.state == AttachmentState.CHECKING:
            refused = sara.now.refused(Refusal.CHECK_TIMEOUT, datetime.now(UTC))
            sara.table.apply(attachments.change(sara.table, refused, AttachmentState.CHECKING))
        put(*arguments)

    monkeypatch.setattr(files, "put", slow_put)
    sara.upload_and_tell(picture())

    assert (sara.now.state, sara.now.reason) == (AttachmentState.REFUSED, Refusal.CHECK_TIMEOUT)


def test_a_file_that_a_message_holds_is_not_touched_again(desk: Start) -> None:
    sara = desk()
    version_id = sara.upload_and_tell(picture())
    linked = sara.now.linked_to("4821937056", "message", owner_id="sara")
    sara.table.apply(attachments.change(sara.table, linked, AttachmentState.CLEAN))

    sara.tell(version_id)

    assert sara.now == linked


@pytest.fixture
def scanned(desk: Start, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An attachment of a stack whose uploads are scanned for malware."""
    app = import_module("attachment_checker.app")
    monkeypatch.setattr(app, "laboratory", replace(app.laboratory, awaits_scan=True))
    return desk()


def test_an_upload_waits_for_the_scanner(scanned: Desk) -> None:
    version_id = scanned.upload_and_tell(picture())

    assert (scanned.now.state, scanned.now.version_id) == (AttachmentState.CHECKING, version_id)
    assert scanned.versions() == {version_id}
    assert scanned.files() == {}


def test_what_the_scanner_finds_clean_goes_through_our_own_check(scanned: Desk) -> None:
    version_id = scanned.upload_and_tell(picture())

    scanned.tag(version_id, "NO_THREATS_FOUND")

    assert scanned.now.state == AttachmentState.CLEAN
    assert scanned.versions() == set()


def test_our_own_check_refuses_what_the_scanner_lets_pass(scanned: Desk) -> None:
    version_id = scanned.upload_and_tell(b"no picture")

    scanned.tag(version_id, "NO_THREATS_FOUND")

    assert (scanned.now.state, scanned.now.reason) == (AttachmentState.REFUSED, Refusal.WRONG_TYPE)


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ("THREATS_FOUND", Refusal.DANGEROUS),
        ("UNSUPPORTED", Refusal.DANGEROUS),
        ("ACCESS_DENIED", Refusal.CHECK_TIMEOUT),
        ("FAILED", Refusal.CHECK_TIMEOUT),
        ("a word of tomorrow", Refusal.CHECK_TIMEOUT),
    ],
)
def test_nothing_else_that_the_scanner_says_makes_a_file_clean(scanned: Desk, result: str, reason: Refusal) -> None:
    version_id = scanned.upload_and_tell(picture())

    scanned.tag(version_id, result)

    assert (scanned.now.state, scanned.now.reason) == (AttachmentState.REFUSED, reason)
    assert scanned.files() == {}
    assert scanned.versions() == set()


def test_a_tag_may_come_before_word_of_the_upload(scanned: Desk) -> None:
    version_id = scanned.upload(picture())

    scanned.tag(version_id, "NO_THREATS_FOUND")
    scanned.tell(version_id)

    assert scanned.now.state == AttachmentState.CLEAN


def test_another_versions_clean_tag_does_not_help(scanned: Desk) -> None:
    first = scanned.upload_and_tell(picture())
    second = scanned.upload(picture(size=(10, 10)))

    scanned.tag(second, "NO_THREATS_FOUND")

    assert (scanned.now.state, scanned.now.version_id) == (AttachmentState.CHECKING, first)


def test_a_scan_that_never_ends_is_given_up_and_stays_so(scanned: Desk) -> None:
    version_id = scanned.upload_and_tell(picture())
    (overdue,) = attachments.list_expired(scanned.table, 1, datetime.now(UTC) + timedelta(minutes=5), 10)
    refused = overdue.refused(Refusal.CHECK_TIMEOUT, datetime.now(UTC))
    scanned.table.apply(attachments.change(scanned.table, refused, AttachmentState.CHECKING))

    scanned.tag(version_id, "NO_THREATS_FOUND")

    assert (scanned.now.state, scanned.now.reason) == (AttachmentState.REFUSED, Refusal.CHECK_TIMEOUT)
    assert scanned.files() == {}
    assert scanned.versions() == set()


def test_an_upload_that_is_gone_is_no_error(desk: Start, aws: Aws) -> None:
    sara = desk()
    version_id = sara.upload(picture())
    aws.s3.delete_object(Bucket="uploads", Key=sara.key, VersionId=version_id)

    sara.tell(version_id)

    assert sara.now.state == AttachmentState.CHECKING


@pytest.mark.parametrize("key", ["uploads/unknown", "uploads/a b+c ü.png", "uploads/"])
def test_an_upload_of_no_attachment_is_thrown_away(desk: Start, aws: Aws, key: str) -> None:
    sara = desk()
    version_id = aws.s3.put_object(Bucket="uploads", Key=key, Body=picture())["VersionId"]

    sara.tell(version_id, key)

    assert sara.versions() == set()
    assert sara.files() == {}


def test_the_log_names_no_file_and_no_owner(desk: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sara, log = desk(), StringIO()
    monkeypatch.setattr(import_module("attachment_checker.app").logger.registered_handler, "stream", log)

    version_id = sara.upload_and_tell(picture())
    sara.tell(version_id)

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["message"] for line in lines] == ["decided", "nothing to decide"]
    assert {line["correlation_id"] for line in lines} == {"D82B88E5F771F645"}
    assert not {value for line in lines for value in line.values()} & {sara.now.filename, sara.now.owner_id}
