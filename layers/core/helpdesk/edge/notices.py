"""The texts of text messages and e-mails, read from the file beside the package, once."""

import tomllib
from functools import cache
from pathlib import Path

from helpdesk.model.notices import Notices

_FILE = Path(__file__).parent.parent / "messages.toml"


@cache
def load_notices() -> Notices:
    """The texts in ``messages.toml``."""
    return Notices.from_document(tomllib.loads(_FILE.read_text(encoding="utf-8")))
