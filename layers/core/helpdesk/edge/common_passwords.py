"""The passwords that nobody may choose, read from the file beside the package, once."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent.parent / "common_passwords.txt"


@cache
def load_common_passwords() -> frozenset[str]:
    """The list, in lower case (layers/core/renew_common_passwords.py writes it)."""
    return frozenset(_FILE.read_text(encoding="utf-8").split())
