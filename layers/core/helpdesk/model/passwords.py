"""Passwords: argon2id, 10 to 128 characters, common ones refused (NIST SP 800-63B, section 3.1.1.2)."""

import unicodedata
from collections.abc import Collection

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from helpdesk.model.errors import InvalidError
from helpdesk.model.phone import canonical_phone
from helpdesk.model.text import ascii_digits, clean_line

SHORTEST = 10
LONGEST = 128
_FEWEST_DIFFERENT = 4
_FEWEST_LETTERS = 4

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)

# Verified when there is no account, so that it takes the same work; a test holds its parameters to the hasher's.
NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$NikMhpMEtBCAKST5p2AwCg$4ge4fI6D9a/hMpK5MV7r1e5R6BpdrPVo/It/ZraiaCI"


def canonical_password(text: str) -> str:
    """The password in one form whatever keyboard it was typed on: NFKC, and Persian and Arabic digits as 0-9.

    Raises:
        ValueError: it holds a control character, a lone surrogate or a noncharacter.
    """
    clean_line(text)
    return ascii_digits(unicodedata.normalize("NFKC", text))


def refuse_common(password: str, common: Collection[str], words: Collection[str], field: str = "password") -> None:
    """Nothing, for a password that is not among the first that anybody would guess.

    Args:
        common: the list of common passwords, in lower case.
        words: of the desk and its operator, in lower case; a password of little else is guessed from the outside.
        field: the name of the field as the caller sent it.

    Raises:
        InvalidError: it is on the list, a mobile number, one of the words with a few characters around it, or the same
            few characters again and again.
    """
    few = len(set(password)) < _FEWEST_DIFFERENT
    if few or password.lower() in common or _is_phone(password) or _is_of_words(password.lower(), words):
        raise InvalidError(field, "common_password")


def _is_of_words(password: str, words: Collection[str]) -> bool:
    """Whether hardly a letter is left without the words: `Poshtiban-1404!`."""
    rest = password
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != password and sum(character.isalpha() for character in rest) < _FEWEST_LETTERS


def _is_phone(password: str) -> bool:
    try:
        canonical_phone(password)
    except ValueError:
        return False
    return True


def hash_password(password: str) -> str:
    """The password's argon2id hash with its salt and parameters."""
    return _HASHER.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the hashed one; without a hash (no such account) False, after the same work."""
    try:
        _HASHER.verify(password_hash or NOBODYS_HASH, password)
    except VerifyMismatchError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)
