"""What the ticket actions work with: the table, the operator's rules and the clocks."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from helpdesk.model.rules import Rules
from helpdesk.model.sla import Sla
from helpdesk.store.table import Table


@dataclass(frozen=True)
class Office:
    """The desk table and the rules by which it is kept.

    Args:
        shards: into how many parts the queue and the work by time are cut.
    """

    desk: Table
    rules: Rules
    sla: Sla
    shards: int

    def local_day(self, moment: datetime) -> date:
        """The day on which a moment lies where the desk works."""
        return moment.astimezone(ZoneInfo(self.rules.hours.time_zone)).date()
