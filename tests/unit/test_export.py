"""An export as a spreadsheet reads it."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.edge.rules import load_rules, read_toml
from helpdesk.model.export import COLUMNS, GIVEN_UP_AFTER, Export, ExportState, as_csv, as_text
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 20, 45, tzinfo=UTC)  # a quarter past midnight in Tehran
HEADINGS = read_toml("edge/texts.toml")["export"]
TICKET = Ticket(
    number="4821937057",
    customer_id="sara",
    customer_name="سارا محمدی",
    subject='قسط «دوم», "ثبت" نشده',
    topic="credit",
    priority="urgent",
    status=Status.RESOLVED,
    created_at=NOW,
    last_activity_at=NOW,
    last_message_id="1",
    clocks=Clocks(),
    shard=0,
    assignee_name="رضا",
    tags=("چک", "فوری"),
    first_answered_at=NOW + timedelta(hours=9),
    resolved_at=NOW + timedelta(hours=10),
    rating=4,
)


def rows(*tickets: Ticket, language: str = "fa") -> list[list[str]]:
    content = as_csv(tickets, HEADINGS, load_rules(), TEHRAN, language)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_ticket_is_a_row_in_local_time_by_both_calendars() -> None:
    heading, row = rows(TICKET)

    assert heading[:3] == ["شماره", "تاریخ ثبت (شمسی)", "زمان ثبت"]
    assert row == [
        "4821-9370-57",
        "1405-09-02",
        "2026-11-23 00:15",
        "تسهیلات",
        "فوری",
        "حل شد",
        "سارا محمدی",
        'قسط «دوم», "ثبت" نشده',
        "رضا",
        "چک، فوری",
        "2026-11-23 09:15",
        "2026-11-23 10:15",
        "",
        "4",
    ]


def test_it_speaks_the_language_of_whoever_asked() -> None:
    heading, row = rows(TICKET, language="en")

    assert (heading[0], row[3], row[4], row[5]) == ("Number", "Credit facilities", "Urgent", "Resolved")


def test_every_column_has_a_heading_in_both_languages() -> None:
    assert set(HEADINGS) == set(COLUMNS)
    assert all(set(labels) == {"fa", "en"} for labels in HEADINGS.values())


def test_a_topic_that_is_no_more_keeps_its_name() -> None:
    assert rows(replace(TICKET, topic="loans"))[1][3] == "loans"


@pytest.mark.parametrize(
    "subject",
    [
        "=1+1",
        "+98912",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://evil.example";"x")',
        "＝1+1",
        "  =1+1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_no_cell_is_a_formula(subject: str) -> None:
    _, row = rows(replace(TICKET, subject=subject, customer_name=subject, assignee_name=subject, tags=(subject,)))

    assert {row[place] for place in (6, 7, 8, 9)} == {f"'{subject}"}


@given(st.text())
def test_what_is_no_formula_stays_as_written(text: str) -> None:
    shown = as_text(text)

    assert shown in (text, f"'{text}")
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), max_size=5))
def test_whatever_is_written_comes_back_as_one_cell(subjects: list[str]) -> None:
    _, *read = rows(*(replace(TICKET, subject=subject) for subject in subjects))

    assert [row[7] for row in read] == [as_text(subject) for subject in subjects]


def test_an_export_that_takes_too_long_has_failed() -> None:
    waiting = Export("e", "2026-11-22", "2026-11-23", "fa", "boss", NOW)
    done = replace(waiting, state=ExportState.DONE)

    assert waiting.days == [date(2026, 11, 22), date(2026, 11, 23)]
    assert waiting.state_at(NOW + GIVEN_UP_AFTER - timedelta(seconds=1)) == ExportState.WAITING
    assert waiting.state_at(NOW + GIVEN_UP_AFTER) == ExportState.FAILED
    assert done.state_at(NOW + GIVEN_UP_AFTER) == ExportState.DONE
