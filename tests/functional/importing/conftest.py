"""A file of tickets to import, and the account it goes into."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from helpdesk.model.people import Role, StaffMember
from helpdesk.store import staff
from operations.holdings import Holdings
from operations.import_tickets import import_file, importer_of
from operations.importing.report import Report
from tests.functional.conftest import Aws
from tests.support.media import picture

type Form = dict[str, Any]

REZA = "reza@desk.example"
TICKET: Form = {
    "source": "elsewhere",
    "external_id": "77",
    "customer": {"phone": "۰۹۱۲ ۱۲۳ ۴۵۶۷", "name": "سارا محمدی"},
    "topic": "credit",
    "priority": "high",
    "subject": "قسط دوم",
    "status": "closed",
    "created_at": "2024-02-03T09:30:00+03:30",
    "resolved_at": "2024-02-05T08:00:00Z",
    "closed_at": "2024-02-12T08:00:00.123456Z",
    "assignee": REZA,
    "tags": ["قدیمی"],
    "messages": [
        {
            "author": {"kind": "customer"},
            "body": "قسط دوم من ثبت نشده است.",
            "at": "2024-02-03T09:30:00+03:30",
            "attachments": [{"filename": "رسید.png", "content_type": "image/png", "path": "files/a.png"}],
        },
        {"author": {"kind": "agent", "email": REZA}, "body": "بررسی شد.", "at": "2024-02-04T06:00:00Z"},
        {
            "author": {"kind": "agent", "name": "کسی که رفته"},
            "visibility": "internal",
            "body": "فراموش نشود.",
            "at": "2024-02-04T06:00:00Z",
        },
    ],
}


def form(**changes: object) -> Form:
    """A ticket to import."""
    return {**deepcopy(TICKET), **changes}


@pytest.fixture
def holdings(aws: Aws) -> Holdings:
    """The mocked account as operators reach it, with one agent."""
    reza = StaffMember("REZA", REZA, "رضا کریمی", Role.AGENT, ("credit",), True, datetime.now(UTC))
    aws.table("desk").apply(staff.creation(aws.table("desk"), reza))
    tables = {name: aws.table(name) for name in ("accounts", "sessions", "desk")}
    return Holdings(**tables, s3=aws.s3, uploads="uploads", files="files", shards=4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the import file stands, with a picture below."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.png").write_bytes(picture())
    return tmp_path


type Import = Callable[..., Report]


@pytest.fixture
def run(holdings: Holdings, folder: Path) -> Import:
    """Import these tickets: `run(form(), form(status="open"))`."""

    def imported(*forms: Mapping[str, Any] | str, **how: bool) -> Report:
        lines = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in forms)
        path = folder / "tickets.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_file(importer_of(holdings), path, **how)

    return imported
