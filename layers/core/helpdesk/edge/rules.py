"""The operator's rules, read from the files beside the package, once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from helpdesk.model.rules import Rules

_PACKAGE = Path(__file__).parent.parent


@cache
def load_rules() -> Rules:
    """The rules in ``desk.toml``."""
    return Rules.from_document(read_toml("desk.toml"))


def read_toml(name: str) -> dict[str, Any]:
    """A TOML file of the package."""
    return tomllib.loads((_PACKAGE / name).read_text(encoding="utf-8"))
