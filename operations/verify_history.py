"""Verify the histories in an export of the desk table: ``python -m operations.verify_history FOLDER`` (`make verify`).

The export is what DynamoDB writes to S3: files of lines ``{"Item": {…}}`` in DynamoDB's JSON, plain or gzipped.
A line for each ticket whose history is not as it was written names the first record that was altered or is missing,
the earliest of them first.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpdesk.model.history import End, Fault, Link, Trace, first_fault, trace_of
from helpdesk.model.identifiers import grouped_ticket_number
from helpdesk.model.message import Message
from helpdesk.model.ticket import Ticket
from helpdesk.store import keys
from helpdesk.store.codec import Item, from_item
from helpdesk.store.events import UndecodableEventError, from_image
from helpdesk.store.messages import place_of

_TICKETS = keys.ticket_partition("")


@dataclass
class History:
    """What an export holds of one ticket."""

    links: list[Link] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    end: End | None = None

    def take(self, item: Item) -> None:
        """One item of the ticket's collection, in any order."""
        kind, _, id_ = item["sk"]["S"].partition("#")
        match kind:
            case "EVENT":
                self.links.append(_link(id_, item))
            case "MESSAGE" | "INTERNAL":
                self.messages[id_] = _trace(item)
            case keys.TICKET_SORT:
                self.end = _end(item)

    def first_fault(self) -> Fault | None:
        """The first record that is not as it was written."""
        return first_fault(sorted(self.links, key=lambda link: link.event_id), self.messages, self.end)


def _link(event_id: str, item: Item) -> Link:
    """The event's link; one that cannot be read, or stands under another's key, is not sound."""
    try:
        event = from_image(item)
    except UndecodableEventError:
        return Link(event_id, "", "", is_sound=False)
    is_in_place = item["pk"]["S"] == keys.ticket_partition(event.ticket_number) and event.id == event_id
    return Link.of(event) if is_in_place else Link(event_id, "", "", is_sound=False)


def _end(item: Item) -> End:
    """What the ticket says; one that cannot be read says nothing that fits."""
    try:
        return End.of(from_item(Ticket, item))
    except (KeyError, TypeError, ValueError):
        return End(str(item.get("last_event_id", {}).get("S", "")), "", ("", "", "", ""))


def _trace(item: Item) -> str:
    """The trace of a message; one that cannot be read, or stands at another place than its own, is not sound."""
    try:
        message = from_item(Message, item)
    except (KeyError, TypeError, ValueError):
        return Trace.UNREADABLE
    return trace_of(message) if place_of(message).items() <= item.items() else Trace.UNREADABLE


def main() -> None:
    """Print what is wrong, and end with 1 if something is."""
    parser = argparse.ArgumentParser(description="Verify the histories in an export of the desk table.")
    parser.add_argument("export", type=Path, help="folder that the export was copied into")
    histories = read(items(parser.parse_args().export))
    if not histories:
        sys.exit("There is no ticket in this export.")
    faults = [(number, fault) for number, history in histories.items() if (fault := history.first_fault())]
    for number, fault in sorted(faults, key=lambda found: found[1].event_id):
        print(f"{grouped_ticket_number(number)}: {fault.text}")
    if faults:
        sys.exit(f"{len(faults)} of {len(histories)} histories are not as they were written.")
    events = sum(len(history.links) for history in histories.values())
    erased = sum(trace == Trace.ERASED for history in histories.values() for trace in history.messages.values())
    print(f"{events} records of {len(histories)} tickets are as they were written; {erased} messages were erased.")


def read(exported: Iterable[Item]) -> dict[str, History]:
    """The histories by ticket number."""
    histories: defaultdict[str, History] = defaultdict(History)
    for item in exported:
        partition = item["pk"]["S"]
        if partition.startswith(_TICKETS):
            histories[partition.removeprefix(_TICKETS)].take(item)
    return dict(histories)


def items(folder: Path) -> Iterator[Item]:
    """Every item in the files of an export; its manifests hold none."""
    for path in sorted(folder.rglob("*.json*")):
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for line in lines:
                if b'"Item"' in line:
                    yield json.loads(line)["Item"]


if __name__ == "__main__":
    main()
