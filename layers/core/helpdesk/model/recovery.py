"""Recovery codes of staff: each takes the place of a lost second factor, once.

120 random bits, so that a plain hash keeps them (OWASP ASVS 5.0, 6.5.2).
"""

import re
import secrets
import unicodedata
from hashlib import sha256

from helpdesk.model.text import ascii_digits

_CODES = 10
_GROUPS = 6
_GROUP_LENGTH = 4

# Crockford's base 32 has no letter that looks like another: https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(rf"[{_ALPHABET}]{{{_GROUPS * _GROUP_LENGTH}}}")


def new_recovery_codes() -> tuple[str, ...]:
    """Ten codes as they are shown, such as ``7Q2M-…-9VXD``."""
    return tuple("-".join(_group() for _ in range(_GROUPS)) for _ in range(_CODES))


def _group() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH))


def canonical_recovery_code(text: str) -> str:
    """A code without its grouping, from any spelling of it.

    Raises:
        ValueError: it is none.
    """
    letters = ascii_digits(unicodedata.normalize("NFKC", text)).upper().translate(_MISREAD)
    code = "".join(letters.replace("-", " ").split())
    if not _CODE.fullmatch(code):
        raise ValueError("recovery_code")
    return code


def recovery_hash(code: str) -> str:
    """Under which hash a code is kept, however it is grouped."""
    return sha256(canonical_recovery_code(code).encode()).hexdigest()
