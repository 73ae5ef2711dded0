"""Asking for an upload, and who may read what became of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.actions.read_attachment import Variant, download_address, read_attachment
from helpdesk.actions.request_upload import UploadRequest, request_upload
from helpdesk.aws.uploads import FileStore, Quarantine, content_disposition
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.attachment import Attachment, AttachmentState, Refusal
from helpdesk.model.errors import AttachmentStateError, InvalidError, NotFoundError, TooManyRequestsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind, Role, Session
from helpdesk.store import attachments
from helpdesk.store.idempotency import Attempt
from tests.functional.conftest import Aws

ADDRESS = "198.51.100.7"
NOW = datetime(2026, 2, 14, 8, 30, tzinfo=UTC)
CARD = UploadRequest("کارت ملی.png", "image/png", 48_213)


def person(name: str, kind: Kind = Kind.CUSTOMER, role: Role | None = None, *topics: str) -> Session:
    return Session(name, kind, name, name, "fa", NOW, NOW, NOW + timedelta(days=1), role, topics)


SARA, OMID = person("sara"), person("omid")
REZA = person("reza", Kind.AGENT, Role.AGENT, "credit")
MINA = person("mina", Kind.AGENT, Role.AGENT, "documents")
NEDA = person("neda", Kind.AGENT, Role.SUPERVISOR)


class Desk:
    """The office with its buckets, and short ways through it."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.office = Office(aws.table("desk"), load_rules(), load_sla(), shards=4)
        self.quarantine, self.files = Quarantine(aws.s3, "uploads"), FileStore(aws.s3, "files")

    def ask(self, owner: Session = SARA, request: UploadRequest = CARD, now: datetime = NOW) -> Attachment:
        return request_upload(self.office, self.quarantine, owner, request, ADDRESS, now)[0]

    def move(self, attachment: Attachment, after: Attachment) -> Attachment:
        desk = self.office.desk
        desk.apply(attachments.change(desk, after, attachment.state))
        return after

    def clean(self, owner: Session = SARA, *, has_thumbnail: bool = True) -> Attachment:
        asked_for = self.ask(owner)
        checking = self.move(asked_for, asked_for.checking("version", NOW))
        return self.move(checking, checking.cleaned(900, has_thumbnail=has_thumbnail, now=NOW))

    def linked(self, owner: Session = SARA, *, is_internal: bool = False) -> Attachment:
        """A clean file in a message of Sara's ticket on credit."""
        request = TicketRequest("credit", "normal", "subject", "description", (), None)
        attempt = Attempt.of("sara", new_id(NOW), "/tickets", {})
        ticket = open_ticket(self.office, SARA, request, attempt=attempt, counters=(), now=NOW)
        clean = self.clean(owner)
        after = clean.linked_to(ticket.number, "message", owner_id=owner.account_id, is_internal=is_internal)
        return self.move(clean, after)

    def address(self, reader: Session, attachment: Attachment, variant: Variant = Variant.ORIGINAL) -> str:
        return download_address(self.office.desk, self.files, reader, attachment.id, variant)

    @contextmanager
    def requests(self) -> Iterator[list[str]]:
        """The operations that DynamoDB is asked for meanwhile."""
        asked: list[str] = []

        def note(model: Any, **_: Any) -> None:
            asked.append(model.name)

        events = self.aws.dynamodb.meta.events
        events.register("before-call.dynamodb", note)
        yield asked
        events.unregister("before-call.dynamodb", note)


@pytest.fixture
def desk(aws: Aws) -> Desk:
    return Desk(aws)


def test_an_attachment_asked_for_waits_a_day_for_its_upload(desk: Desk) -> None:
    asked_for = desk.ask()

    assert attachments.find(desk.office.desk, asked_for.id) == asked_for
    assert asked_for.state == AttachmentState.AWAITING_UPLOAD
    assert (asked_for.owner_id, asked_for.size, asked_for.content_type) == ("sara", 48_213, "image/png")
    assert asked_for.swept_at == NOW + timedelta(hours=24)


def test_the_form_is_for_the_attachment_alone(desk: Desk) -> None:
    attachment, form = request_upload(desk.office, desk.quarantine, SARA, CARD, ADDRESS, NOW)

    assert form.fields["key"] == f"uploads/{attachment.id}"
    assert form.fields["Content-Type"] == "image/png"


def test_a_name_is_cleaned_before_it_is_stored(desk: Desk) -> None:
    asked_for = desk.ask(request=replace(CARD, filename="../\u202egnp.exe"))

    assert asked_for.filename == "gnp.exe.png"


def test_asking_is_one_request(desk: Desk) -> None:
    with desk.requests() as requests:
        desk.ask()

    assert requests == ["TransactWriteItems"]


@pytest.mark.parametrize(
    ("request_", "field", "reason"),
    [
        (replace(CARD, content_type="image/svg+xml"), "content_type", Refusal.WRONG_TYPE),
        (replace(CARD, content_type="IMAGE/PNG"), "content_type", Refusal.WRONG_TYPE),
        (replace(CARD, size=0), "size", Refusal.EMPTY),
        (replace(CARD, size=-1), "size", Refusal.EMPTY),
        (replace(CARD, size=10_485_761), "size", Refusal.TOO_LARGE),
    ],
    ids=["another type", "capital letters", "nothing", "less than nothing", "too large"],
)
def test_what_would_be_refused_anyway_is_not_asked_for(
    desk: Desk, request_: UploadRequest, field: str, reason: Refusal
) -> None:
    with pytest.raises(InvalidError) as refused:
        desk.ask(request=request_)

    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert desk.aws.items("desk") == []


def test_the_largest_file_may_be_asked_for(desk: Desk) -> None:
    assert desk.ask(request=replace(CARD, size=10_485_760)).size == 10_485_760


def test_the_bytes_of_a_day_are_limited(desk: Desk) -> None:
    for _ in range(10):
        desk.ask(request=replace(CARD, size=10_485_760))
    before = desk.aws.items("desk")

    with pytest.raises(TooManyRequestsError) as refused:
        desk.ask(request=replace(CARD, size=1))

    assert refused.value.retry_after == 15.5 * 3600  # until midnight, UTC
    assert desk.aws.items("desk") == before


def test_the_uploads_of_an_hour_are_limited(desk: Desk) -> None:
    for _ in range(60):
        desk.ask(request=replace(CARD, size=1))

    with pytest.raises(TooManyRequestsError):
        desk.ask(request=replace(CARD, size=1))

    assert desk.ask(OMID).owner_id == "omid"
    assert desk.ask(now=NOW + timedelta(hours=1)).owner_id == "sara"


def test_agents_have_no_quota(desk: Desk) -> None:
    for _ in range(12):
        desk.ask(REZA, replace(CARD, size=10_485_760))

    assert len(desk.aws.items("desk")) == 12


def test_an_owner_reads_how_far_it_is(desk: Desk) -> None:
    asked_for = desk.ask()
    checking = desk.move(asked_for, asked_for.checking("version", NOW))
    refused = desk.move(checking, checking.refused(Refusal.DAMAGED, NOW))

    with desk.requests() as requests:
        assert read_attachment(desk.office.desk, SARA, asked_for.id) == refused
    assert requests == ["GetItem"]


@pytest.mark.parametrize("reader", [OMID, REZA, NEDA], ids=lambda reader: reader.name)
def test_another_cannot_tell_it_from_one_that_is_not_there(desk: Desk, reader: Session) -> None:
    asked_for = desk.ask()

    for attachment_id in (asked_for.id, new_id(NOW)):
        with pytest.raises(NotFoundError):
            read_attachment(desk.office.desk, reader, attachment_id)


@pytest.mark.parametrize("attachment_id", ["", "x", "../x", "01khdhgn3m5z8y7x6w5v4t3s2r", "A" * 3000])
def test_what_is_no_id_is_not_looked_for(desk: Desk, attachment_id: str) -> None:
    with desk.requests() as requests, pytest.raises(NotFoundError):
        read_attachment(desk.office.desk, SARA, attachment_id)

    assert requests == []


def test_an_owner_fetches_a_clean_file_before_it_is_linked(desk: Desk) -> None:
    clean = desk.clean()

    with desk.requests() as requests:
        address = urlsplit(desk.address(SARA, clean))

    assert address.path.endswith(f"files/{clean.id}/original")
    assert parse_qs(address.query)["response-content-disposition"] == [content_disposition("کارت ملی.png")]
    assert requests == ["GetItem"]


def test_a_thumbnail_is_saved_as_a_jpeg(desk: Desk) -> None:
    clean = desk.clean()

    address = urlsplit(desk.address(SARA, clean, Variant.THUMBNAIL))

    assert address.path.endswith(f"files/{clean.id}/thumbnail")
    assert parse_qs(address.query)["response-content-disposition"] == [content_disposition("کارت ملی.png.jpg")]


def test_there_is_no_thumbnail_of_a_document(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.address(SARA, desk.clean(has_thumbnail=False), Variant.THUMBNAIL)


@pytest.mark.parametrize("reader", [OMID, REZA, NEDA], ids=lambda reader: reader.name)
def test_nobody_else_fetches_a_file_before_it_is_linked(desk: Desk, reader: Session) -> None:
    with pytest.raises(NotFoundError):
        desk.address(reader, desk.clean())


STAGES: dict[str, Callable[[Attachment], list[Attachment]]] = {
    "awaiting_upload": lambda _: [],
    "checking": lambda asked_for: [asked_for.checking("version", NOW)],
    "refused": lambda asked_for: [
        checking := asked_for.checking("version", NOW),
        checking.refused(Refusal.DANGEROUS, NOW),
    ],
}


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_not_clean_is_not_fetched(desk: Desk, stage: str) -> None:
    attachment = desk.ask()
    for after in STAGES[stage](attachment):
        attachment = desk.move(attachment, after)

    with pytest.raises(AttachmentStateError) as refused:
        desk.address(SARA, attachment)
    with pytest.raises(NotFoundError):
        desk.address(OMID, attachment)

    assert refused.value.state == stage


@pytest.mark.parametrize("reader", [SARA, REZA, NEDA], ids=lambda reader: reader.name)
def test_whoever_reads_the_ticket_fetches_its_files(desk: Desk, reader: Session) -> None:
    linked = desk.linked()

    with desk.requests() as requests:
        assert f"files/{linked.id}/original" in desk.address(reader, linked)
    assert requests == ["GetItem", "GetItem"]


@pytest.mark.parametrize("reader", [OMID, MINA], ids=lambda reader: reader.name)
def test_nobody_else_fetches_the_files_of_a_ticket(desk: Desk, reader: Session) -> None:
    with pytest.raises(NotFoundError):
        desk.address(reader, desk.linked())


def test_a_customer_fetches_what_an_agent_answered_with(desk: Desk) -> None:
    assert desk.address(SARA, desk.linked(REZA))


@pytest.mark.parametrize("variant", Variant)
def test_the_file_of_an_internal_note_is_for_staff_alone(desk: Desk, variant: Variant) -> None:
    linked = desk.linked(REZA, is_internal=True)

    assert desk.address(NEDA, linked, variant)
    with pytest.raises(NotFoundError):
        desk.address(SARA, linked, variant)


def test_an_agent_who_lost_the_topic_no_longer_fetches_its_files(desk: Desk) -> None:
    linked = desk.linked(REZA)

    with pytest.raises(NotFoundError):
        desk.address(replace(REZA, topics=("documents",)), linked)
