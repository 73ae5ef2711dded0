"""Files of an import are checked by the rules of uploads: type by content, size, pixels; pictures are encoded anew."""

from dataclasses import dataclass
from pathlib import Path

from helpdesk.aws.uploads import FileStore
from helpdesk.model.attachment import (
    CONTENT_TYPES,
    THUMBNAIL_TYPE,
    Attachment,
    AttachmentState,
    Refusal,
    clean_key,
    thumbnail_key,
)
from helpdesk.model.filename import clean_filename
from helpdesk.model.identifiers import derived_id
from helpdesk.model.media.judge import judge
from helpdesk.model.media.verdict import Kept, RefusedFileError
from helpdesk.model.people import Actor
from operations.importing.form import ImportedFile, ImportedMessage, ImportedTicket


class FileError(Exception):
    """A file of a line cannot be taken; the text says which and why."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file as it is kept, and where it belongs.

    Args:
        message: its message's place in the ticket.
    """

    message: int
    id: str
    filename: str
    content_type: str
    kept: Kept

    def attachment(self, author: Actor, form: ImportedMessage, shard: int) -> Attachment:
        """The attachment of whoever wrote its message, linked to none yet."""
        return Attachment(
            id=self.id,
            owner_id=author.id,
            owner_kind=author.kind,
            filename=self.filename,
            content_type=self.content_type,
            size=len(self.kept.content),
            state=AttachmentState.CLEAN,
            created_at=form.at,
            shard=shard,
            has_thumbnail=self.kept.thumbnail is not None,
        )

    def store(self, files: FileStore) -> None:
        """Put it into the bucket; doing it again changes nothing, since the id is made from what it is."""
        files.put(clean_key(self.id), self.kept.content, self.content_type)
        if self.kept.thumbnail is not None:
            files.put(thumbnail_key(self.id), self.kept.thumbnail, THUMBNAIL_TYPE)


def check_files(form: ImportedTicket, folder: Path, most: int) -> tuple[list[CheckedFile], list[str]]:
    """The files of a ticket that are taken, and why the others are not.

    Args:
        most: bytes that one may have.
    """
    checked, refused = [], []
    for place, message in enumerate(form.messages):
        for n, file in enumerate(message.attachments):
            try:
                checked.append(_check(form, place, n, file, folder, most))
            except FileError as error:
                refused.append(f"messages.{place}.attachments.{n}: {error}")
    return checked, refused


def _check(form: ImportedTicket, place: int, n: int, file: ImportedFile, folder: Path, most: int) -> CheckedFile:
    if file.content_type not in CONTENT_TYPES:
        raise FileError(Refusal.WRONG_TYPE)
    try:
        kept = judge(_read(folder, file.path, most), file.content_type, most)
    except RefusedFileError as refused:
        raise FileError(refused.reason) from refused
    seed = f"{form.source}/{form.external_id}/{place}/file/{n}"
    name = clean_filename(file.filename, file.content_type)
    return CheckedFile(place, derived_id(form.messages[place].at, seed), name, file.content_type, kept)


def _read(folder: Path, path: str, most: int) -> bytes:
    """The content, cut one byte behind what is allowed; nothing outside of the folder is opened."""
    found = (folder / path).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise FileError("outside of the folder")
    if not found.is_file():
        raise FileError("missing")
    with found.open("rb") as content:
        return content.read(most + 1)
