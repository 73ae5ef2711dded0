"""The texts of text messages and e-mails, read from the file beside the package, once."""

import tomllib
from functools import cache
from pathlib import Path

from helpdesk.model.notices import Notices

_FILE = Path(__file__).parent.parent / "messages.toml"


@cache
def load_notices(panel: str) -> Notices:
    """The texts in ``messages.toml``, with links to the panel at this origin."""
    return Notices.from_document(tomllib.loads(_FILE.read_text(encoding="utf-8")), panel)
