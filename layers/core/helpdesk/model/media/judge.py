"""The way of all uploads: size, known malware, the first bytes, then what is particular to the type."""

from helpdesk.model.attachment import Refusal
from helpdesk.model.media import documents
from helpdesk.model.media.verdict import Kept, RefusedFileError

# The industry's test file (https://www.eicar.org), in two parts so that no scanner takes this one for it.
_EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def judge(content: bytes, content_type: str, most: int) -> Kept:
    """What is kept of an upload that was declared as this type.

    Args:
        most: bytes it may have.

    Raises:
        RefusedFileError: nothing of it.
    """
    if not content:
        raise RefusedFileError(Refusal.EMPTY)
    if len(content) > most:
        raise RefusedFileError(Refusal.TOO_LARGE)
    if _EICAR in content:
        raise RefusedFileError(Refusal.DANGEROUS)
    if not _begins_like(content_type, content):
        raise RefusedFileError(Refusal.WRONG_TYPE)
    if content_type == documents.CONTENT_TYPE:
        documents.inspect(content)
        return Kept(content)
    from helpdesk.model.media import pictures  # Pillow takes its time to load: only where there is a picture

    return pictures.renew(content, content_type)


def _begins_like(content_type: str, content: bytes) -> bool:
    match content_type:
        case "image/jpeg":
            return content.startswith(b"\xff\xd8\xff")
        case "image/png":
            return content.startswith(b"\x89PNG\r\n\x1a\n")
        case "image/webp":
            return content.startswith(b"RIFF") and content[8:12] == b"WEBP"
        case documents.CONTENT_TYPE:
            return content.startswith(b"%PDF-")
    return False
