"""The operator's rules, read from the files beside the package, once."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from helpdesk.model.calendar import BusinessCalendar
from helpdesk.model.rules import Rules
from helpdesk.model.sla import Sla

_PACKAGE = Path(__file__).parent.parent


@cache
def load_rules() -> Rules:
    """The rules in ``desk.toml``."""
    return Rules.from_document(read_toml("desk.toml"))


@cache
def load_sla() -> Sla:
    """The clocks by the rules and the official holidays."""
    rules = load_rules()
    holidays = frozenset(read_toml("holidays.toml")["dates"])
    return Sla(BusinessCalendar(rules.hours, holidays), rules.priorities)


def read_toml(name: str) -> dict[str, Any]:
    """A TOML file of the package."""
    return tomllib.loads((_PACKAGE / name).read_text(encoding="utf-8"))
