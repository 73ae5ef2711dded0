"""osTicket's tables as tickets to import: ``python -m operations.converting.osticket FOLDER OUT``
(`make convert-osticket`).

The folder holds what the queries of docs/import.md answer (osTicket 1.17 and 1.18), one object a line, in
`tickets.json`, `entries.json`, `staff.json` and `attachments.json`, and the bytes of each attached file in `files/ID`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from operations.converting.command import (
    LONGEST_NAME,
    LONGEST_SUBJECT,
    Record,
    convert_by,
    records,
    without_nothing,
)
from operations.converting.names import Names
from operations.converting.plain_text import safe_line, safe_text, text_of_html

PRIORITIES = {"low": "low", "normal": "normal", "high": "high", "emergency": "urgent"}
STATUSES = {"open": "open", "resolved": "resolved", "closed": "closed", "archived": "closed", "deleted": "closed"}
_NOTE, _CUSTOMERS = "N", "M"  # the third is R, a response
_EXTENSION = re.compile(r"[xX][0-9]*$")  # osTicket keeps it behind the number


def converted(folder: Path, names_file: Path | None) -> Iterator[Record]:
    """A ticket for each of osTicket's whose thread has an entry that its customer may read."""
    names = Names.read(names_file, PRIORITIES, STATUSES)
    staff = {member["staff_id"]: member for member in records(folder / "staff.json")}
    entries, files = _grouped(folder / "entries.json", "ticket_id"), _grouped(folder / "attachments.json", "entry_id")
    for ticket in records(folder / "tickets.json"):
        told = _from_the_first_public(entries[ticket["ticket_id"]])
        if told:
            yield _ticket(ticket, told, staff, files, names)


def _grouped(path: Path, name: str) -> defaultdict[int, list[Record]]:
    groups: defaultdict[int, list[Record]] = defaultdict(list)
    for record in records(path):
        groups[record[name]].append(record)
    return groups


def _from_the_first_public(entries: list[Record]) -> list[Record]:
    """In order; notes in front of everything public move behind it, since a ticket begins in public."""
    entries = sorted(entries, key=lambda entry: (entry["created"], entry["id"]))
    first = next((n for n, entry in enumerate(entries) if entry["type"] != _NOTE), None)
    if first is None:
        return []
    moved = [{**note, "created": entries[first]["created"]} for note in entries[:first]]
    return [entries[first], *moved, *entries[first + 1 :]]


def _ticket(
    ticket: Record,
    entries: list[Record],
    staff: Mapping[int, Record],
    files: Mapping[int, list[Record]],
    names: Names,
) -> Record:
    status = names.status_of(ticket["status"], ticket["state"])
    is_answered = status == "open" and ticket["isanswered"]
    return without_nothing(
        {
            "source": "osticket",
            "external_id": str(ticket["number"]),
            "customer": _customer(ticket),
            "topic": names.topic_of(ticket["topic"]),
            "priority": names.priority_of(ticket["priority"]),
            "subject": safe_line(ticket["subject"] or "", LONGEST_SUBJECT) or "-",
            "status": "pending" if is_answered else status,
            "created_at": _utc(ticket["created"]),
            "closed_at": _utc(ticket["closed"]) if ticket["closed"] and status == "closed" else None,
            "assignee": staff.get(ticket["staff_id"], {}).get("email") or None,
            "messages": [_message(entry, staff, files.get(entry["id"], [])) for entry in entries],
        }
    )


def _customer(ticket: Record) -> Record:
    phone = _EXTENSION.sub("", ticket["phone"] or "")
    name = safe_line(ticket["name"] or "", LONGEST_NAME) or phone
    return without_nothing({"phone": phone, "name": name, "email": ticket["email"] or None})


def _message(entry: Record, staff: Mapping[int, Record], files: list[Record]) -> Record:
    body = text_of_html(entry["body"]) if entry["format"] == "html" else safe_text(entry["body"])
    return {
        "author": _author(entry, staff),
        "visibility": "internal" if entry["type"] == _NOTE else "public",
        "body": body or ("" if files else "-"),
        "at": _utc(entry["created"]),
        "attachments": [_attachment(file) for file in files],
    }


def _author(entry: Record, staff: Mapping[int, Record]) -> Record:
    if entry["type"] == _CUSTOMERS and not entry["staff_id"]:
        return {"kind": "customer"}
    member = staff.get(entry["staff_id"], {})
    name = safe_line(entry["poster"], LONGEST_NAME) or "osTicket"
    return without_nothing({"kind": "agent", "name": name, "email": member.get("email") or None})


def _attachment(file: Record) -> Record:
    name = safe_line(file["name"], 1000)
    return {"filename": name, "content_type": file["type"].split(";")[0], "path": f"files/{file['file_id']}"}


def _utc(moment: str) -> str:
    """The queries give UTC without saying so."""
    return f"{moment.replace(' ', 'T')}Z"


if __name__ == "__main__":
    convert_by(converted, "Convert osTicket's tables.")
