"""One canonical form of a mobile number, before anything else looks at it."""

import re
import unicodedata

from helpdesk.model.text import ascii_digits

_DROPPED = re.compile(r"[\s().\-\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MOBILE = re.compile(r"(?:(?:\+|00)?98)?0?(9[0-9]{9})")


def canonical_phone(text: str) -> str:
    """An Iranian mobile number as ``+989xxxxxxxxx``, however it was spelled.

    Raises:
        ValueError: it is not an Iranian mobile number.
    """
    digits = ascii_digits(unicodedata.normalize("NFKC", text))
    mobile = _MOBILE.fullmatch(_DROPPED.sub("", digits))
    if mobile is None:
        raise ValueError("phone")
    return f"+98{mobile[1]}"
