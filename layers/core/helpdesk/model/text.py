"""What text may come in: Persian is kept as written, what would poison a queue or a screen is refused."""

import unicodedata

_ZEROS = (0x06F0, 0x0660)  # Persian and Arabic
_ASCII_DIGITS = {zero + value: str(value) for zero in _ZEROS for value in range(10)}
_ALLOWED_CONTROLS = frozenset("\n\t")
_LAST_PLANE_POSITIONS = 0xFFFE
_ARABIC_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # by their category something to see


def ascii_digits(text: str) -> str:
    """Persian and Arabic digits as 0-9; everything else unchanged."""
    return text.translate(_ASCII_DIGITS)


def clean_text(text: str) -> str:
    """The text without outer white space and with ``\\n`` line ends.

    Raises:
        ValueError: it holds a NUL, another control character, a lone surrogate or a noncharacter
            (SQS takes none of them: one would stop a whole queue).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_unsafe(character) for character in text):
        raise ValueError("unsafe_text")
    return text


def clean_line(text: str) -> str:
    """The text as one line: like `clean_text`, with line breaks and tabs refused too.

    Raises:
        ValueError: it holds a character that a line must not.
    """
    text = clean_text(text)
    if "\n" in text or "\t" in text:
        raise ValueError("unsafe_text")
    return text


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: no text, or only spaces, joiners and marks of direction."""
    return all(character in _BLANK_LETTERS or unicodedata.category(character)[0] in "CZ" for character in text)


def _is_unsafe(character: str) -> bool:
    if character.isascii():
        return not character.isprintable() and character not in _ALLOWED_CONTROLS
    position = ord(character)
    is_noncharacter = position & 0xFFFF >= _LAST_PLANE_POSITIONS or position in _ARABIC_NONCHARACTERS
    return is_noncharacter or unicodedata.category(character) in ("Cc", "Cs")
