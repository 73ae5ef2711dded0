"""What becomes of uploaded bytes: kept in some form, or refused."""

from dataclasses import dataclass

from helpdesk.model.attachment import Refusal


@dataclass(frozen=True)
class Kept:
    """What is stored of an upload.

    Args:
        thumbnail: a small JPEG; None where there is nothing to show.
    """

    content: bytes
    thumbnail: bytes | None = None


class RefusedFileError(Exception):
    """The bytes are not taken."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
