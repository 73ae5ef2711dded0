"""A ticket of the form is written: claimed first, then message by message, whole with the last transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.office import Office
from helpdesk.aws.uploads import FileStore
from helpdesk.model.attachment import Attachment
from helpdesk.model.identifiers import new_ticket_number
from helpdesk.model.people import Actor
from helpdesk.model.ticket import Status, Ticket
from helpdesk.store import attachments, events, imports, messages, reports, tickets
from helpdesk.store.table import Write, repeatable
from operations.importing.files import CheckedFile
from operations.importing.form import ImportedTicket
from operations.importing.history import Chronicle, Entry
from operations.importing.people import People
from operations.importing.ticket import ends_of, ticket_of

_MOST_WRITES = 90  # of the hundred that a transaction may have
_MOST_ENTRIES = 20  # so that their texts stay below its four megabytes


@dataclass(frozen=True)
class Importer:
    """What tickets are imported with.

    Args:
        run: an id of this run.
    """

    office: Office
    files: FileStore
    people: People
    run: str


def import_ticket(importer: Importer, form: ImportedTicket, files: Sequence[CheckedFile], now: datetime) -> str | None:
    """Write the ticket, once, and give its number; None if it was imported before."""
    desk = importer.office.desk
    claim = _claim(importer, form, now)
    if claim is None:
        return None
    for file in files:
        file.store(importer.files)
    customer = importer.people.customer(form.customer, now)
    chronicle = _chronicle(importer, form, claim.number, customer, files)
    entries = list(chronicle.entries())
    for batch in _batches(_writes(importer, form, entry, now) for entry in entries):
        desk.commit([imports.check(desk, claim), *map(repeatable, batch)])
    ticket, ending = _ending(importer, form, chronicle, entries, customer, now)
    rest = [write for entry in ending for write in _writes(importer, form, entry, now)]
    rest += _backlog(importer, ticket, now)
    desk.commit([imports.completion(desk, claim, now), tickets.creation(desk, ticket), *rest])
    return claim.number


def _claim(importer: Importer, form: ImportedTicket, now: datetime) -> imports.Claim | None:
    """The ticket in this run's hands, under the number of an earlier run if there was one; None if it is whole."""
    desk = importer.office.desk
    while True:
        claim = imports.Claim(form.source, form.external_id, new_ticket_number(), importer.run)
        try:
            desk.commit(imports.creation(desk, claim, now))
        except tickets.NumberTakenError:
            continue
        except imports.ClaimedError as earlier:
            if earlier.is_done:
                return None
            claim = replace(claim, number=earlier.number)
            desk.apply(imports.takeover(desk, claim))
        return claim


def _chronicle(
    importer: Importer, form: ImportedTicket, number: str, customer: Actor, files: Sequence[CheckedFile]
) -> Chronicle:
    authors = [importer.people.author(message.author, customer) for message in form.messages]
    linked: dict[int, list[Attachment]] = {}
    for file in files:
        made = file.attachment(authors[file.message], form.messages[file.message], int(number) % importer.office.shards)
        linked.setdefault(file.message, []).append(made)
    return Chronicle(form, number, customer.id, authors, linked)


def _writes(importer: Importer, form: ImportedTicket, entry: Entry, now: datetime) -> list[Write]:
    office, event = importer.office, entry.event
    shard = int(event.ticket_number) % office.shards
    opened_on = office.local_day(form.created_at) if not event.previous_hash else None
    writes = [events.record(office.desk, event, shard, opened_on, now)]
    if entry.message:
        writes.append(messages.creation(office.desk, entry.message))
    return writes + [attachments.creation(office.desk, each) for each in entry.attachments]


def _batches(groups: Iterator[list[Write]]) -> Iterator[list[Write]]:
    batch: list[Write] = []
    for n, group in enumerate(groups):
        if batch and (len(batch) + len(group) > _MOST_WRITES or n % _MOST_ENTRIES == 0):
            yield batch
            batch = []
        batch = batch + group
    yield batch


def _ending(
    importer: Importer, form: ImportedTicket, chronicle: Chronicle, entries: list[Entry], customer: Actor, now: datetime
) -> tuple[Ticket, list[Entry]]:
    """The ticket, and what happened behind its last message."""
    ends = ends_of(form, importer.office, now)
    assignee = importer.people.assignee(form.assignee, form.topic)
    written = [entry.message for entry in entries if entry.message]
    number = chronicle.number
    ticket = ticket_of(form, number, customer, assignee, written, ends, importer.office, now)
    ending = [*chronicle.ending(ends.status, ends.resolved_at, ends.closed_at)]
    mark = chronicle.mark(ticket.assignee_id, now)
    return replace(ticket.after(mark.event), version=1), [*ending, mark]


def _backlog(importer: Importer, ticket: Ticket, now: datetime) -> list[Write]:
    """What is not solved counts in the backlog from now on; nothing else of an import is counted."""
    if ticket.status not in (Status.OPEN, Status.PENDING):
        return []
    day = importer.office.local_day(now)
    return [reports.backlog_change(importer.office.desk, day, ticket.topic, ticket.priority, 1)]
