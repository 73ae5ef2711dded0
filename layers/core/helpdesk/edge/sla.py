"""The clocks, read once by the functions that set them: they bring the calendar and time zones along."""

from functools import cache

from helpdesk.edge.rules import load_rules, read_toml
from helpdesk.model.calendar import BusinessCalendar
from helpdesk.model.sla import Sla


@cache
def load_sla() -> Sla:
    """The clocks by the rules and the official holidays."""
    rules = load_rules()
    holidays = frozenset(read_toml("holidays.toml")["dates"])
    return Sla(BusinessCalendar(rules.hours, holidays), rules.priorities)
