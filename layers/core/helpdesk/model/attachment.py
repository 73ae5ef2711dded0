"""An attachment: awaiting_upload → checking → refused | clean → linked."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from helpdesk.model.errors import AttachmentStateError, NotFoundError
from helpdesk.model.message import LinkedAttachment
from helpdesk.model.people import Kind

UNLINKED_LIFETIME = timedelta(hours=24)
CHECK_LIMIT = timedelta(minutes=5)
UPLOAD_LIMIT = timedelta(minutes=5)

CONTENT_TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")
THUMBNAIL_TYPE = "image/jpeg"


class AttachmentState(StrEnum):
    """How far it is."""

    AWAITING_UPLOAD = "awaiting_upload"
    CHECKING = "checking"
    REFUSED = "refused"
    CLEAN = "clean"
    LINKED = "linked"


class Refusal(StrEnum):
    """Why a file was not taken: key of the text that tells its owner."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    DANGEROUS = "dangerous"
    CHECK_TIMEOUT = "check_timeout"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Attachment:
    """A file on its way from a browser into one message.

    Args:
        owner_id: the account that asked for the upload, of `owner_kind`; only it can link the file.
        size: bytes, as declared until the check, as stored afterwards.
        swept_at: when the sweeper looks at it next: a check that still runs by then is given up, anything else
            goes; None once a message holds it.
        version_id: the one version of the upload that was checked.
    """

    id: str
    owner_id: str
    filename: str
    content_type: str
    size: int
    state: AttachmentState
    created_at: datetime
    shard: int
    swept_at: datetime | None = None
    has_thumbnail: bool = False
    reason: Refusal | None = None
    version_id: str | None = None
    ticket_number: str | None = None
    message_id: str | None = None
    is_internal: bool = False
    owner_kind: Kind = Kind.CUSTOMER

    def checking(self, version_id: str, now: datetime) -> Self:
        """The attachment while this version of its upload is looked at; another version changes nothing.

        Raises:
            AttachmentStateError: an upload of it was taken before.
        """
        self._require(AttachmentState.AWAITING_UPLOAD)
        return replace(self, state=AttachmentState.CHECKING, version_id=version_id, swept_at=now + CHECK_LIMIT)

    def cleaned(self, size: int, *, has_thumbnail: bool, now: datetime) -> Self:
        """The attachment with a checked copy of this many bytes.

        Raises:
            AttachmentStateError: nobody is checking it.
        """
        self._require(AttachmentState.CHECKING)
        kept_until = now + UNLINKED_LIFETIME
        return replace(self, state=AttachmentState.CLEAN, size=size, has_thumbnail=has_thumbnail, swept_at=kept_until)

    def refused(self, reason: Refusal, now: datetime) -> Self:
        """The attachment without a file, kept for a while so that its owner reads why.

        Raises:
            AttachmentStateError: nobody is checking it.
        """
        self._require(AttachmentState.CHECKING)
        return replace(self, state=AttachmentState.REFUSED, reason=reason, swept_at=now + UNLINKED_LIFETIME)

    def expired(self, now: datetime) -> Self:
        """The attachment that came to no message in time: nobody can link it any more, so its file can go.

        Raises:
            AttachmentStateError: it is not clean, or linked already.
        """
        self._require(AttachmentState.CLEAN)
        return replace(self, state=AttachmentState.REFUSED, reason=Refusal.EXPIRED, swept_at=now)

    def linked_to(self, ticket_number: str, message_id: str, *, owner_id: str, is_internal: bool = False) -> Self:
        """The attachment as a part of a message.

        Raises:
            NotFoundError: it is another's.
            AttachmentStateError: it is not clean, or linked already.
        """
        if self.owner_id != owner_id:
            raise NotFoundError
        self._require(AttachmentState.CLEAN)
        return replace(
            self,
            state=AttachmentState.LINKED,
            ticket_number=ticket_number,
            message_id=message_id,
            is_internal=is_internal,
            swept_at=None,
        )

    @property
    def link(self) -> LinkedAttachment:
        """What its message says of it."""
        return LinkedAttachment(self.id, self.filename, self.content_type, self.size, self.has_thumbnail)

    def _require(self, state: AttachmentState) -> None:
        if self.state != state:
            raise AttachmentStateError(self.id, self.state)


def upload_key(attachment_id: str) -> str:
    """Where the browser puts the file, in the uploads bucket."""
    return f"uploads/{attachment_id}"


def uploaded_id(key: str) -> str:
    """Whose upload stands under this key."""
    return key.removeprefix(upload_key(""))


def clean_key(attachment_id: str) -> str:
    """Where the checked file stands, in the files bucket."""
    return f"files/{attachment_id}/original"


def thumbnail_key(attachment_id: str) -> str:
    """Where its thumbnail stands, in the files bucket."""
    return f"files/{attachment_id}/thumbnail"
