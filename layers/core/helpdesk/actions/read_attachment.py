"""Reading an attachment: how far it is, and the way to its file."""

from enum import StrEnum

from helpdesk.aws.uploads import FileStore
from helpdesk.model.attachment import THUMBNAIL_TYPE, Attachment, AttachmentState, clean_key, thumbnail_key
from helpdesk.model.errors import AttachmentStateError, NotFoundError
from helpdesk.model.filename import clean_filename
from helpdesk.model.identifiers import is_id
from helpdesk.model.people import Kind, Session
from helpdesk.model.ticket import Ticket
from helpdesk.store import attachments, tickets
from helpdesk.store.table import Table


class Variant(StrEnum):
    """Which of an attachment's files."""

    ORIGINAL = "original"
    THUMBNAIL = "thumbnail"


def read_attachment(desk: Table, owner: Session, attachment_id: str) -> Attachment:
    """An attachment of one's own, linked or not; one request.

    Raises:
        NotFoundError: it is not there, or another's.
    """
    attachment = _find(desk, attachment_id)
    if attachment.owner_id != owner.account_id:
        raise NotFoundError
    return attachment


def download_address(desk: Table, files: FileStore, reader: Session, attachment_id: str, variant: Variant) -> str:
    """Where the reader may fetch the file within five minutes; two requests, one if no message holds it yet.

    Raises:
        NotFoundError: it is not there or not the reader's to see, or it has no such variant.
        AttachmentStateError: it is the reader's own and not checked yet, or refused.
    """
    attachment = _find(desk, attachment_id)
    _authorise(desk, reader, attachment)
    if variant == Variant.ORIGINAL:
        return files.address(clean_key(attachment.id), attachment.filename)
    if not attachment.has_thumbnail:
        raise NotFoundError
    return files.address(thumbnail_key(attachment.id), clean_filename(attachment.filename, THUMBNAIL_TYPE))


def _find(desk: Table, attachment_id: str) -> Attachment:
    attachment = attachments.find(desk, attachment_id) if is_id(attachment_id) else None
    if attachment is None:
        raise NotFoundError
    return attachment


def _authorise(desk: Table, reader: Session, attachment: Attachment) -> None:
    """A linked file belongs to whoever may read its message, any other to its owner."""
    if attachment.ticket_number is not None:
        if not _reads(reader, tickets.find(desk, attachment.ticket_number), attachment):
            raise NotFoundError
    elif attachment.owner_id != reader.account_id:
        raise NotFoundError
    elif attachment.state != AttachmentState.CLEAN:
        raise AttachmentStateError(attachment.id, attachment.state)


def _reads(reader: Session, ticket: Ticket | None, attachment: Attachment) -> bool:
    if ticket is None:
        return False
    if reader.kind == Kind.CUSTOMER:
        return ticket.customer_id == reader.account_id and not attachment.is_internal
    return reader.sees(ticket.topic)
