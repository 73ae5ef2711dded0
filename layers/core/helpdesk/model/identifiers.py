"""Identifiers: ids that sort by time, ticket numbers that people can read over the phone."""

import re
import secrets
import unicodedata
from datetime import UTC, datetime
from hashlib import sha256

from helpdesk.model.text import ascii_digits

# Crockford's base 32, whose characters sort like their values: https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ID_LENGTH = 26
_TIME_LENGTH = 10
_RANDOM_BITS = 80
_ID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")

_NUMBER_DIGITS = 10
_NUMBER_SEPARATORS = re.compile(
    r"[\s\-./_,،\u00b7\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)  # dashes, dots and the marks that come along when somebody copies
_NUMBER = re.compile(r"[0-9]{10}")

# Behind Persian letters the groups of a number would change places; a left-to-right mark before it keeps their order
# (https://www.unicode.org/reports/tr9/#W2).
_LEFT_TO_RIGHT_MARK = "\u200e"


class CheckDigitError(ValueError):
    """Ten digits, of which the last does not fit the others: one of them was misheard or mistyped."""


def new_id(now: datetime, after: str | None = None) -> str:
    """A ULID (26 characters, https://github.com/ulid/spec): it sorts by the millisecond it was made in.

    Args:
        now: aware UTC.
        after: an id that the new one must sort behind, whatever the clocks of two machines say.
    """
    return _id(now, after, secrets.randbits(_RANDOM_BITS))


def derived_id(now: datetime, seed: str, after: str | None = None) -> str:
    """An id like those of `new_id`, and the same one whenever it is made from the same things.

    Args:
        seed: what no two things of one moment share.
    """
    return _id(now, after, int.from_bytes(sha256(seed.encode()).digest()[: _RANDOM_BITS // 8]))


def _id(now: datetime, after: str | None, distinction: int) -> str:
    milliseconds = int(now.timestamp() * 1000)
    if after is not None:
        milliseconds = max(milliseconds, _decode(after[:_TIME_LENGTH]) + 1)
    return _encode(milliseconds << _RANDOM_BITS | distinction)


def moment_of(id_: str) -> datetime:
    """When an id was made, to the millisecond."""
    return datetime.fromtimestamp(_decode(id_[:_TIME_LENGTH]) / 1000, UTC)


def is_id(text: str) -> bool:
    """Whether the text has the form of an id made here."""
    return _ID.fullmatch(text) is not None


def _encode(value: int) -> str:
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def _decode(text: str) -> int:
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    return value


def new_ticket_number() -> str:
    """Ten digits: nine random ones and a check digit, so that a misheard digit is noticed."""
    digits = f"{secrets.randbelow(10 ** (_NUMBER_DIGITS - 1)):0{_NUMBER_DIGITS - 1}}"
    return digits + check_digit(digits)


def canonical_ticket_number(text: str) -> str:
    """A ticket number as ten ASCII digits, from any grouping (``4821-9370-57``, ``48 21 93 70 57``) and any digits.

    Raises:
        CheckDigitError: the check digit does not fit.
        ValueError: it is not ten digits.
    """
    number = _NUMBER_SEPARATORS.sub("", ascii_digits(unicodedata.normalize("NFKC", text)))
    if not _NUMBER.fullmatch(number):
        raise ValueError("ticket_number")
    if check_digit(number[:-1]) != number[-1]:
        raise CheckDigitError("check_digit")
    return number


def grouped_ticket_number(number: str) -> str:
    """The number as people read it: ``4821-9370-57``."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def ticket_number_in_text(number: str) -> str:
    """The grouped number as it stands in running text of either direction."""
    return _LEFT_TO_RIGHT_MARK + grouped_ticket_number(number)


def check_digit(digits: str) -> str:
    """The check digit of ISO/IEC 7064 MOD 11,10: it finds every single wrong digit and nearly all swaps."""
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
