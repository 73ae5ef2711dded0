"""An export of tickets for a spreadsheet: asked for by a supervisor, written by a worker."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from io import StringIO

from helpdesk.model.identifiers import grouped_ticket_number
from helpdesk.model.jalali import jalali
from helpdesk.model.rules import Labels, Rules
from helpdesk.model.ticket import Ticket

LIFETIME = timedelta(days=7)
"""The file and the word of it; the bucket's lifecycle ends the file."""

CONTENT_TYPE = "text/csv; charset=utf-8"

COLUMNS = (
    "number",
    "opened_day",
    "opened_at",
    "topic",
    "priority",
    "status",
    "customer",
    "subject",
    "assignee",
    "tags",
    "first_answered_at",
    "resolved_at",
    "closed_at",
    "rating",
)

# Excel knows a file's encoding by its mark alone.
_BYTE_ORDER_MARK = "\ufeff"

# A cell that begins like this is a formula to a spreadsheet, also in full width:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


GIVEN_UP_AFTER = timedelta(minutes=20)
"""By then the worker has failed for the last time: its alarm rings, and whoever waits may ask again."""


class ExportState(StrEnum):
    """How far it is; that it failed nobody writes down, it is seen by the time."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Export:
    """The tickets opened from one local day to another.

    Args:
        first: local day (ISO 8601), as is `last`.
        language: of headings and labels.
        rows: how many tickets it holds, once it is done.
    """

    id: str
    first: str
    last: str
    language: str
    asked_by: str
    asked_at: datetime
    state: ExportState = ExportState.WAITING
    rows: int = 0

    def state_at(self, now: datetime) -> ExportState:
        """How far it is by now."""
        is_given_up = self.state == ExportState.WAITING and now >= self.asked_at + GIVEN_UP_AFTER
        return ExportState.FAILED if is_given_up else self.state

    @property
    def period(self) -> str:
        """From which day to which."""
        return f"{self.first} to {self.last}"

    @property
    def days(self) -> list[date]:
        """Every local day of it."""
        return days_between(date.fromisoformat(self.first), date.fromisoformat(self.last))


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def export_key(export_id: str) -> str:
    """Where the file stands, in the files bucket."""
    return f"exports/{export_id}.csv"


def as_csv(
    tickets: Iterable[Ticket], headings: Mapping[str, Labels], rules: Rules, zone: tzinfo, language: str
) -> bytes:
    """The tickets as a file that Excel opens as it is: UTF-8 with its mark, every cell quoted, none a formula."""
    text = StringIO(_BYTE_ORDER_MARK)
    text.seek(0, 2)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow([headings[name][language] for name in COLUMNS])
    writer.writerows(map(as_text, _row(ticket, rules, zone, language)) for ticket in tickets)
    return text.getvalue().encode()


def as_text(cell: str) -> str:
    """The cell as a spreadsheet shows it instead of computing it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _row(ticket: Ticket, rules: Rules, zone: tzinfo, language: str) -> Sequence[str]:
    opened = ticket.created_at.astimezone(zone)
    topic, priority = rules.topics.get(ticket.topic), rules.priorities.get(ticket.priority)
    return (
        grouped_ticket_number(ticket.number),
        jalali(opened.date()),
        _moment(opened, zone),
        topic.label[language] if topic else ticket.topic,
        priority.label[language] if priority else ticket.priority,
        rules.statuses[ticket.status][language],
        ticket.customer_name,
        ticket.subject,
        ticket.assignee_name or "",
        "، ".join(ticket.tags),
        _moment(ticket.first_answered_at, zone),
        _moment(ticket.resolved_at, zone),
        _moment(ticket.closed_at, zone),
        str(ticket.rating or ""),
    )


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    """Local time to the minute, as spreadsheets understand it."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
