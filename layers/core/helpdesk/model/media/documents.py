"""PDF documents: kept as they came, unless they can do more than be read.

What is looked for are the names of actions that run, open or carry something (ISO 32000-1, 12.6.4), also where
they are written with ``#xx`` escapes or stand in object streams packed by Flate. What is not seen: object streams of
encrypted documents or with other filters or predictors, and faults that a viewer itself may have. Therefore a document
is only ever handed out as a download, under a name that ends in ``.pdf``.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress

from helpdesk.model.attachment import Refusal
from helpdesk.model.media.verdict import RefusedFileError

CONTENT_TYPE = "application/pdf"

_UNPACKED_MOST = 32 * 1024 * 1024
_BLOCK = 4096
_ZLIB_HEADER = 2
_WHITE = b"\0\t\n\f\r "

_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_END = b"%%EOF"
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb">>[\s\0]*stream(?:\r\n?|\n)")

_NAME_END = rb"(?=[\s\0()<>\[\]{}/%]|\Z)"
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|ImportData|GoToE|SubmitForm)" + _NAME_END
)
# Names so short that packed data hold them by chance: they count only where nothing is packed.
_ACTIVE_AND_SHORT = re.compile(rb"/(?:JS|XFA)" + _NAME_END)
# On opening, office programs scroll to the first page: by an array or a GoTo. A reference is passed too, since what is
# bad behind it has a name above.
_OPEN_ACTION = re.compile(rb"/OpenAction[\s\0]*<<([^>]*)")
_GO_TO = re.compile(rb"/GoTo" + _NAME_END)


def inspect(content: bytes) -> None:
    """Pass a document that is whole and only to be read.

    Raises:
        RefusedFileError: it is neither.
    """
    if not _HEADER.match(content) or not content.rstrip(_WHITE).endswith(_END):
        raise RefusedFileError(Refusal.DAMAGED)
    if _is_active(_unescaped(content)):
        raise RefusedFileError(Refusal.DANGEROUS)
    for text in _unpacked(content):
        plain = _unescaped(text)
        if _is_active(plain) or _ACTIVE_AND_SHORT.search(plain):
            raise RefusedFileError(Refusal.DANGEROUS)


def _is_active(text: bytes) -> bool:
    on_opening = (action[1] for action in _OPEN_ACTION.finditer(text))
    return bool(_ACTIVE.search(text)) or not all(_GO_TO.search(action) for action in on_opening)


def _unescaped(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), text)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """What stands outside streams, and what stands in object streams; all in one pass over the content.

    Raises:
        RefusedFileError: unpacked it would be a bomb.
    """
    left = _UNPACKED_MOST
    for part in content.split(b"endstream"):
        stream = _STREAM.search(part)
        if stream is None:
            yield part
            continue
        yield part[: stream.start()]
        if b"/ObjStm" in _unescaped(part[: stream.start()]):
            objects = _inflated(part[stream.end() :], left)
            left -= len(objects)
            if not left:
                raise RefusedFileError(Refusal.DANGEROUS)
            yield objects


def _inflated(packed: bytes, most: int) -> bytes:
    """What can be unpacked before the first fault; without zlib's checksum, which viewers do not mind either."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    objects = bytearray()
    with suppress(zlib.error):
        for start in range(_ZLIB_HEADER, len(packed), _BLOCK):
            objects += inflater.decompress(packed[start : start + _BLOCK], most - len(objects))
            if inflater.eof or len(objects) == most:
                break
    return bytes(objects)
