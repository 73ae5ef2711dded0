"""An upload has arrived: it is looked at once, and becomes a clean file or a refusal."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions.decide_attachment import decide_attachment
from helpdesk.aws.uploads import FileStore, Quarantine
from helpdesk.model.attachment import (
    THUMBNAIL_TYPE,
    Attachment,
    AttachmentState,
    Refusal,
    clean_key,
    thumbnail_key,
    uploaded_id,
)
from helpdesk.model.errors import AttachmentStateError
from helpdesk.model.media.judge import judge
from helpdesk.model.media.scan import CLEAN, refusal_by
from helpdesk.model.media.verdict import Kept, RefusedFileError
from helpdesk.store import attachments
from helpdesk.store.table import Table


@dataclass(frozen=True)
class Upload:
    """One version of one object in quarantine."""

    key: str
    version_id: str


@dataclass(frozen=True)
class Laboratory:
    """What a check works with.

    Args:
        awaits_scan: whether a malware scanner tags each upload, and its word is waited for.
    """

    desk: Table
    quarantine: Quarantine
    files: FileStore
    awaits_scan: bool = False


def check_attachment(laboratory: Laboratory, upload: Upload, now: datetime) -> Attachment | None:
    """Check the first upload of an attachment; told of it again, go on where an earlier try broke off.

    Any other version changes nothing, nor does one that is gone. A check that breaks off, or a scan that never ends,
    leaves the attachment in `checking`, which the sweeper ends.

    Returns:
        The attachment as it was decided on; None if there was nothing to decide, or nothing yet.
    """
    decided = None
    attachment = _take(laboratory.desk, upload, now)
    if attachment is not None:
        scanned = _scan_result(laboratory, upload)
        if scanned is None:
            return None  # its tag brings us back
        decided = _examine(laboratory, attachment, upload, refusal_by(scanned), now)
    laboratory.quarantine.delete(upload.key, upload.version_id)
    return decided


def _take(desk: Table, upload: Upload, now: datetime) -> Attachment | None:
    """The attachment to check this upload for, if it is the one that counts and is not decided on yet."""
    attachment = attachments.find(desk, uploaded_id(upload.key))
    if attachment and attachment.state == AttachmentState.AWAITING_UPLOAD:
        taken = attachment.checking(upload.version_id, now)
        try:
            desk.apply(attachments.change(desk, taken, AttachmentState.AWAITING_UPLOAD))
        except AttachmentStateError:  # another delivery of this upload, or another upload, was quicker
            attachment = attachments.find(desk, attachment.id)
        else:
            return taken
    is_taken = attachment and (attachment.state, attachment.version_id) == (AttachmentState.CHECKING, upload.version_id)
    return attachment if is_taken else None


def _scan_result(laboratory: Laboratory, upload: Upload) -> str | None:
    return laboratory.quarantine.scan_result(upload.key, upload.version_id) if laboratory.awaits_scan else CLEAN


def _examine(
    laboratory: Laboratory, attachment: Attachment, upload: Upload, refusal: Refusal | None, now: datetime
) -> Attachment | None:
    if refusal is not None:
        return _record(laboratory.desk, attachment.refused(refusal, now), now)
    content = laboratory.quarantine.read(upload.key, upload.version_id, attachment.size)
    if content is None:
        return None
    try:
        kept = judge(content, attachment.content_type, attachment.size)
    except RefusedFileError as refused:
        decided = attachment.refused(refused.reason, now)
    else:
        _store(laboratory.files, attachment, kept)
        decided = attachment.cleaned(len(kept.content), has_thumbnail=kept.thumbnail is not None, now=now)
    return _record(laboratory.desk, decided, now)


def _store(files: FileStore, attachment: Attachment, kept: Kept) -> None:
    """The files before the word that they are there: whoever reads `clean` finds them."""
    files.put(clean_key(attachment.id), kept.content, attachment.content_type)
    if kept.thumbnail is not None:
        files.put(thumbnail_key(attachment.id), kept.thumbnail, THUMBNAIL_TYPE)


def _record(desk: Table, decided: Attachment, now: datetime) -> Attachment | None:
    try:
        decide_attachment(desk, decided, now)
    except AttachmentStateError:  # a second delivery, or the sweeper, was quicker
        return None
    return decided
