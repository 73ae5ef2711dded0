"""Exports of tickets: a supervisor asks, a worker writes the file, the supervisor fetches it."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from itertools import batched

from helpdesk.actions.agent_tickets import refuse_agents
from helpdesk.actions.office import Office
from helpdesk.actions.read_reports import days_of_period
from helpdesk.aws.uploads import FileStore
from helpdesk.model.audit import Act, acted
from helpdesk.model.errors import NotFoundError
from helpdesk.model.export import CONTENT_TYPE, Export, ExportState, as_csv, export_key
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Session
from helpdesk.model.rules import Labels, Rules
from helpdesk.model.ticket import Ticket
from helpdesk.store import audit, exports, keys, tickets
from helpdesk.store.codec import from_item
from helpdesk.store.table import Table

_AT_ONCE = 100  # what one BatchGetItem reads


def ask_for_export(
    office: Office, supervisor: Session, first: date, last: date, language: str, now: datetime
) -> Export:
    """Have the tickets of a period written down; one request.

    Raises:
        ForbiddenError: exports are for supervisors.
        InvalidError: the period is empty or too long.
    """
    refuse_agents(supervisor)
    days_of_period(first, last)
    export = Export(new_id(now), first.isoformat(), last.isoformat(), language, supervisor.account_id, now)
    entry = acted(supervisor.actor, Act.EXPORT_ASKED, export.id, now, period=export.period)
    office.desk.commit([exports.creation(office.desk, export), audit.record(office.desk, entry)])
    return export


def read_export(
    office: Office, files: FileStore, supervisor: Session, export_id: str, now: datetime
) -> tuple[Export, str | None]:
    """An export, and where its file is for five minutes once it is done; one request, two with the file.

    Raises:
        ForbiddenError: exports are for supervisors.
        NotFoundError: there is no such export, or it has been removed.
    """
    refuse_agents(supervisor)
    export = exports.find(office.desk, export_id)
    if export is None:
        raise NotFoundError
    if export.state != ExportState.DONE:
        return export, None
    entry = acted(supervisor.actor, Act.EXPORT_FETCHED, export.id, now, period=export.period)
    office.desk.commit([audit.record(office.desk, entry)])
    return export, files.address(export_key(export.id), f"tickets {export.first} {export.last}.csv")


@dataclass(frozen=True)
class Bureau:
    """What the worker writes exports with.

    Args:
        headings: of the columns, by their names.
    """

    desk: Table
    files: FileStore
    rules: Rules
    shards: int
    zone: tzinfo
    headings: Mapping[str, Labels]


def write_export(bureau: Bureau, export: Export) -> Export:
    """Write the file, then the word that it is there; told of it again, write the same once more.

    Requests: one for each day and shard, one for each hundred tickets.
    """
    found = list(_tickets(bureau, export))
    content = as_csv(found, bureau.headings, bureau.rules, bureau.zone, export.language)
    bureau.files.put(export_key(export.id), content, CONTENT_TYPE)
    done = replace(export, state=ExportState.DONE, rows=len(found))
    with suppress(exports.ExportSettledError):  # another delivery was quicker
        bureau.desk.commit([exports.settlement(bureau.desk, done)])
    return done


def _tickets(bureau: Bureau, export: Export) -> Iterator[Ticket]:
    """The tickets as they stand now, in the order of opening."""
    for day in export.days:
        numbers = [place for shard in range(bureau.shards) for place in tickets.list_opened(bureau.desk, day, shard)]
        in_order = [number for _, number in sorted(numbers)]
        for part in batched(in_order, _AT_ONCE, strict=False):
            items = bureau.desk.get_many([keys.ticket(number) for number in part])
            yield from (from_item(Ticket, item) for item in items if item)
