"""Export what the desk holds about a customer: ``python -m operations.export_customer STACK --phone … OUT``
(`make export-customer`).

The folder is made readable for its owner alone: `account.json`, `notifications.json`, `tickets/NUMBER.json` (ticket,
messages, history, what was sent about it) and `files/`. Internal notes stand apart, in `staff-notes.json`, so that
whoever hands the folder over decides on them.
"""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from helpdesk.edge.clock import present
from helpdesk.model.attachment import clean_key
from helpdesk.model.audit import OPERATOR, Act, acted
from helpdesk.model.message import Message, Visibility
from helpdesk.model.ticket import Ticket
from helpdesk.store import accounts, attachments, audit, customers, deliveries, events, sessions, tickets
from helpdesk.store.codec import from_item, timestamp
from helpdesk.store.inbox import Notification
from operations.holdings import Holdings
from operations.whose import add_whose, customer_of

type Document = dict[str, Any]


def main() -> None:
    """Write the folder and say how much is in it."""
    parser = argparse.ArgumentParser(description="Export what the desk holds about a customer.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    add_whose(parser)
    parser.add_argument("out", type=Path, help="folder to write into; it is made")
    options = parser.parse_args()
    holdings = Holdings.of(options.stack)
    customer_id = customer_of(holdings, options)
    count = export_customer(holdings, customer_id, options.out)
    print(f"The customer {customer_id}: {count} tickets, in {options.out}")


def export_customer(holdings: Holdings, customer_id: str, out: Path) -> int:
    """Write everything down, file by file; gives the number of tickets."""
    for folder in (out, out / "tickets", out / "files"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(out / "account.json", _account(holdings, customer_id))
    _write(out / "notifications.json", _notifications(holdings, customer_id))
    notes, numbers = [], list(tickets.numbers_of_customer(holdings.desk, customer_id))
    for number in numbers:
        ticket = _ticket(holdings, number)
        notes += ticket.pop("notes")
        _write(out / "tickets" / f"{number}.json", ticket)
        _copy_files(holdings, out / "files", [*ticket["messages"], *notes])
    _write(out / "staff-notes.json", notes)
    _copy_unlinked(holdings, customer_id, out / "files")
    act = acted(OPERATOR, Act.CUSTOMER_EXPORTED, customer_id, present(), tickets=str(len(numbers)))
    holdings.desk.commit([audit.record(holdings.desk, act)])
    return len(numbers)


def _account(holdings: Holdings, customer_id: str) -> Document:
    """Profile, login and devices; nothing that proves who somebody is."""
    profile, credentials = customers.find(holdings.desk, customer_id), accounts.find(holdings.accounts, customer_id)
    ids = credentials.session_ids if credentials else ()
    found = sessions.find_many(holdings.sessions, ids)
    return {
        "profile": asdict(profile) if profile else None,
        "login": credentials.login if credentials else None,
        "sessions": [
            {name: getattr(each, name) for name in ("created_at", "seen_at", "ends_at", "device")} for each in found
        ],
    }


def _notifications(holdings: Holdings, customer_id: str) -> list[Document]:
    items = customers.list_belongings(holdings.desk, customer_id)
    return [asdict(from_item(Notification, item)) for item in items if item["sk"]["S"].startswith("NOTIFICATION#")]


def _ticket(holdings: Holdings, number: str) -> Document:
    document: Document = {"ticket": None, "messages": [], "notes": [], "history": []}
    for item in tickets.list_collection(holdings.desk, number):
        match item["sk"]["S"].partition("#")[0]:
            case "TICKET":
                document["ticket"] = asdict(from_item(Ticket, item))
            case "MESSAGE" | "INTERNAL":
                message = from_item(Message, item)
                document["notes" if message.visibility == Visibility.INTERNAL else "messages"].append(_told(message))
            case "EVENT":
                event = events.from_image(item)
                sent = [asdict(row) for row in deliveries.list_of_event(holdings.desk, event.id)]
                document["history"].append({**asdict(event), "deliveries": sent})
    return document


def _told(message: Message) -> Document:
    told = asdict(message)
    del told["salt"]
    return told


def _copy_files(holdings: Holdings, folder: Path, messages: Iterable[Document]) -> None:
    for linked in (each for message in messages for each in message["attachments"]):
        _copy(holdings, linked["id"], linked["filename"], folder)


def _copy_unlinked(holdings: Holdings, customer_id: str, folder: Path) -> None:
    for each in attachments.list_unlinked_of(holdings.desk, customer_id, holdings.shards):
        _copy(holdings, each.id, each.filename, folder)


def _copy(holdings: Holdings, attachment_id: str, filename: str, folder: Path) -> None:
    """Under its id and its own name, which was cleaned when it came in; one that is gone is left out."""
    key = clean_key(attachment_id)
    if any(holdings.versions(holdings.files, key)):
        holdings.s3.download_file(holdings.files, key, str(folder / f"{attachment_id} {filename}"))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n", encoding="utf-8")


def _plain(value: object) -> str:
    return timestamp(value) if isinstance(value, datetime) else str(value)


if __name__ == "__main__":
    main()
