"""Names of files as strangers send them, made fit for a header, a screen and a disk."""

import re
import unicodedata

_LONGEST = 100
_NON_JOINER = "\u200c"

_PATH_SEPARATORS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*]')  # Windows takes none of them
# Persian needs the zero-width non-joiner between its letters (صورت‌حساب); anywhere else it only hides something.
_STRAY_NON_JOINER = re.compile(r"(?<![\u0620-\u06ff])\u200c|\u200c(?![\u0620-\u06ff])")

_EXTENSIONS = {
    "image/jpeg": (".jpg", ".jpeg", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}


def clean_filename(name: str, content_type: str) -> str:
    """The name in at most 100 characters, with an extension of its type and a default if nothing is left of it.

    Without path, control, bidi and zero-width characters and what file systems reserve; Persian is kept as written.
    An extension of another type stays as a part of the name (``scan.hta`` becomes ``scan.hta.pdf``), so that nobody's
    computer opens the file by another program than its type's.
    """
    extensions = _EXTENSIONS[content_type]
    name = _readable(_PATH_SEPARATORS.split(name)[-1])
    stem, dot, suffix = name.rpartition(".")
    extension = dot + suffix
    if extension.lower() not in extensions:
        stem, extension = name, extensions[0]
    stem = stem.strip(" .")[: _LONGEST - len(extension)].rstrip(f" .{_NON_JOINER}")
    return (stem or default_stem(content_type)) + extension


def default_stem(content_type: str) -> str:
    """What a file without a name is called, without its extension."""
    return "image" if content_type.startswith("image/") else "document"


def _readable(name: str) -> str:
    """The name without what cannot be seen or must not be there."""
    name = " ".join(name.split())  # line breaks and tabs are control characters, and part words
    name = _composed("".join(character for character in name if _is_visible(character)))
    name = _composed(_STRAY_NON_JOINER.sub("", name))  # which may have stood between a letter and its mark
    return " ".join(_RESERVED.sub("_", name).split())


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _is_visible(character: str) -> bool:
    """Neither control, format (bidi, zero width), surrogate, private nor unassigned; but see the non-joiner."""
    return character == _NON_JOINER or unicodedata.category(character)[0] != "C"
