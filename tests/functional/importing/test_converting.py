"""`make convert-zammad`, `make convert-osticket`: what other desks export becomes tickets that are taken here."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from operations.converting import osticket, zammad
from operations.converting.command import convert_by
from operations.converting.plain_text import safe_line, text_of_html
from operations.holdings import Holdings
from operations.import_tickets import import_file, importer_of
from tests.functional.conftest import Aws
from tests.support.media import picture

HERE = Path(__file__).parent
NAMES = '[topics]\nbilling = "credit"\nCheques = "cheque_return"\n[statuses]\n"waiting for bank" = "pending"\n'


@pytest.fixture
def source(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of what was exported, with the bytes of its one file."""
    name, file = request.param
    copied = tmp_path / str(name)
    shutil.copytree(HERE / name, copied)
    (copied / file).parent.mkdir(parents=True)
    (copied / file).write_bytes(picture())
    (copied / "names.toml").write_text(NAMES, encoding="utf-8")
    return copied


from_zammad = pytest.mark.parametrize("source", [("zammad", "files/31/501")], indirect=True)
from_osticket = pytest.mark.parametrize("source", [("osticket", "files/40")], indirect=True)


def _tickets(aws: Aws) -> list[dict[str, Any]]:
    found = [item for item in aws.items("desk") if item["sk"]["S"] == "TICKET"]
    return sorted(found, key=lambda item: str(item["created_at"]["S"]))


@from_zammad
def test_a_ticket_of_zammad_becomes_one_of_the_form(source: Path) -> None:
    first, _ = zammad.converted(source, source / "names.toml")

    assert {name: first[name] for name in first if name != "messages"} == {
        "source": "zammad",
        "external_id": "67007",
        "customer": {"phone": "+98 912 123 4567", "name": "سارا محمدی", "email": "sara@example.com"},
        "topic": "credit",
        "priority": "high",
        "subject": "Invoice of the second instalment",
        "status": "closed",
        "created_at": "2024-03-01T09:00:00.000Z",
        "closed_at": "2024-03-04T10:00:00.000Z",
        "assignee": "reza@desk.example",
        "tags": ["vip"],
    }
    agent = {"kind": "agent", "name": "Reza Karimi", "email": "reza@desk.example"}
    assert [(message["author"], message["visibility"]) for message in first["messages"]] == [
        ({"kind": "customer"}, "public"),
        (agent, "public"),
        (agent, "internal"),
    ]
    assert first["messages"][0]["body"] == "سلام،\nرسید پیوست است.\n\n- یک\n\n- دو & سه"
    assert first["messages"][0]["attachments"] == [
        {"filename": "receipt.png", "content_type": "image/png", "path": "files/31/501"}
    ]


@from_osticket
def test_a_ticket_of_osticket_becomes_one_of_the_form(source: Path) -> None:
    first, second = osticket.converted(source, source / "names.toml")

    told = ("external_id", "topic", "priority", "status", "created_at", "assignee")
    assert [first[name] for name in told] == [
        "194307",
        "cheque_return",
        "urgent",
        "pending",
        "2024-03-01T09:00:00Z",
        "reza@desk.example",
    ]
    assert first["customer"]["phone"] == "09121234567"
    kinds = [(message["author"]["kind"], message["visibility"], message["body"]) for message in first["messages"]]
    assert kinds == [
        ("customer", "public", "چک من برگشت خورد."),
        ("agent", "internal", "phoned in"),
        ("agent", "public", "بررسی می‌کنیم."),
    ]
    names = ("subject", "topic", "priority", "status", "closed_at")
    assert [second[name] for name in names] == ["-", "other", "normal", "closed", "2024-03-05T09:00:00Z"]


def _imported(holdings: Holdings, path: Path, monkeypatch: pytest.MonkeyPatch, converter: Any) -> Any:
    """What an operator's two commands do with the folder."""
    out = path / "tickets.jsonl"
    monkeypatch.setattr(sys, "argv", ["convert", str(path), str(out), "--names", str(path / "names.toml")])
    convert_by(converter.converted, "")
    return import_file(importer_of(holdings), out)


@from_zammad
def test_what_is_converted_from_zammad_can_be_imported(
    aws: Aws, source: Path, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _imported(holdings, source, monkeypatch, zammad)

    assert (report.imported, report.messages, report.files) == (1, 3, 1)
    ((line, reason),) = report.refused
    assert (line, reason) == (2, "customer.phone: Value error, phone; customer.name: Value error, empty")
    (ticket,) = _tickets(aws)
    assert (ticket["status"]["S"], ticket["closed_at"]["S"]) == ("closed", "2024-03-04T10:00:00.000Z")


@from_osticket
def test_what_is_converted_from_osticket_can_be_imported(
    aws: Aws, source: Path, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = _imported(holdings, source, monkeypatch, osticket)

    assert (report.imported, report.messages, report.files, report.refused) == (2, 5, 1, [])
    assert [ticket["status"]["S"] for ticket in _tickets(aws)] == ["pending", "closed"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>a</p>\n<p>b</p>", "a\n\nb"),
        ("<style>p {}</style>a &lt;b&gt; \x00\x1f", "a <b>"),
        ("<p>سلام&zwnj;ها", "سلام\u200cها"),
        ("<b>unclosed", "unclosed"),
        ("", ""),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert text_of_html(html) == text


def test_a_long_line_is_cut() -> None:
    assert safe_line("a  b\nc" * 9, 5) == "a b …"
