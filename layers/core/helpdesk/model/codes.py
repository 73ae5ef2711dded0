"""One-time codes: six digits, kept as an HMAC that is good for one purpose, recipient and challenge."""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from helpdesk.model.account import Purpose
from helpdesk.model.text import ascii_digits

_DIGITS = 6
_CODE = re.compile(rf"[0-9]{{{_DIGITS}}}")


@dataclass(frozen=True)
class CodeMessage:
    """What goes out to a phone number or an e-mail address.

    Args:
        id: of this sending, by which the log knows it.
        code: None for a notice.
        expires_at: after it the message is not worth sending.
        to: where it goes; by which channel, its purpose says.
        deliver: False for a number that gets nothing: whoever watches us cannot tell.
    """

    id: str
    to: str
    code: str | None
    purpose: Purpose
    expires_at: datetime
    deliver: bool
    language: str


@dataclass(frozen=True)
class CodeSeal:
    """Hashes codes with the first pepper, and knows again what any of the peppers hashed.

    Args:
        peppers: the current one and, after a rotation, the previous one; empty ones do not count.
    """

    peppers: Sequence[str]

    def hash(self, purpose: Purpose, to: str, challenge_id: str, code: str) -> str:
        """The code's HMAC-SHA256 in hexadecimal, under the current pepper."""
        return _hash(self.peppers[0], purpose, to, challenge_id, code)

    def matches(self, code_hash: str, purpose: Purpose, to: str, challenge_id: str, code: str) -> bool:
        """Whether the hash is of this code, for this purpose, recipient and challenge."""
        hashes = (_hash(pepper, purpose, to, challenge_id, code) for pepper in self.peppers if pepper)
        return any(hmac.compare_digest(code_hash, candidate) for candidate in hashes)


def _hash(pepper: str, *bound: str) -> str:
    return hmac.new(pepper.encode(), "\0".join(bound).encode(), sha256).hexdigest()


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def unmatched_hash() -> str:
    """A hash in the form of the others that no code has."""
    return secrets.token_hex(sha256().digest_size)


def canonical_code(text: str) -> str:
    """A code as six ASCII digits, also from Persian ones and with spaces between them.

    Raises:
        ValueError: it is not six digits.
    """
    code = "".join(ascii_digits(text).split())
    if not _CODE.fullmatch(code):
        raise ValueError("code")
    return code
