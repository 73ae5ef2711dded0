"""Somebody asks to upload a file."""

from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from helpdesk.actions.customer_limits import counters
from helpdesk.actions.office import Office
from helpdesk.aws.uploads import Quarantine, UploadForm
from helpdesk.model.attachment import CONTENT_TYPES, UNLINKED_LIFETIME, Attachment, AttachmentState, Refusal
from helpdesk.model.errors import InvalidError
from helpdesk.model.filename import clean_filename
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Session
from helpdesk.store import attachments


@dataclass(frozen=True)
class UploadRequest:
    """The file as its owner declares it; size in bytes."""

    filename: str
    content_type: str
    size: int


def request_upload(
    office: Office, quarantine: Quarantine, owner: Session, request: UploadRequest, address: str, now: datetime
) -> tuple[Attachment, UploadForm]:
    """An attachment that waits for its upload, and the form to upload it with; one request.

    What is declared counts against the owner's quota, so the form takes no byte more.

    Raises:
        InvalidError: the type is not taken, or the size not within the limit.
        TooManyRequestsError: the customer's quota, or that of the address, is used up.
    """
    _refuse_undesired(request, office.rules.limits.attachment_bytes)
    attachment = _attachment(office, owner, request, now)
    counted = counters(office, owner, address, now, uploads=1, upload_bytes=request.size)
    office.desk.commit([attachments.creation(office.desk, attachment), *counted])
    return attachment, quarantine.form(attachment)


def _refuse_undesired(request: UploadRequest, most: int) -> None:
    if request.content_type not in CONTENT_TYPES:
        raise InvalidError("content_type", Refusal.WRONG_TYPE)
    if request.size < 1:
        raise InvalidError("size", Refusal.EMPTY)
    if request.size > most:
        raise InvalidError("size", Refusal.TOO_LARGE)


def _attachment(office: Office, owner: Session, request: UploadRequest, now: datetime) -> Attachment:
    attachment_id = new_id(now)
    return Attachment(
        id=attachment_id,
        owner_id=owner.account_id,
        owner_kind=owner.kind,
        filename=clean_filename(request.filename, request.content_type),
        content_type=request.content_type,
        size=request.size,
        state=AttachmentState.AWAITING_UPLOAD,
        created_at=now,
        swept_at=now + UNLINKED_LIFETIME,
        shard=crc32(attachment_id.encode()) % office.shards,
    )
