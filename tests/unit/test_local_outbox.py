"""Messages that nobody sends are written down."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpdesk.aws.local_outbox import LocalOutbox
from helpdesk.model.delivery import Email, Sms

AT = datetime(2026, 11, 23, 6, 41, 12, 480000, tzinfo=UTC)
SMS = Sms("+989121234567", "به درخواست شما\nپاسخ داده شد.", "event", AT)


def test_each_sms_is_a_line_with_what_the_local_stack_promises(tmp_path: Path) -> None:
    provider = LocalOutbox(str(tmp_path))

    provider.send(SMS)
    provider.send(SMS)

    first, second = (tmp_path / "sms.jsonl").read_text(encoding="utf-8").splitlines()
    assert first == second
    assert json.loads(first) == {
        "to": SMS.to,
        "text": SMS.text,
        "event_id": "event",
        "sent_at": "2026-11-23T06:41:12.480Z",
    }


def test_an_e_mail_stands_there_subject_first(tmp_path: Path) -> None:
    LocalOutbox(str(tmp_path)).send(Email("sara@example.com", "پاسخ", "با سلام", "event", AT))

    line = json.loads((tmp_path / "email.jsonl").read_text(encoding="utf-8"))
    assert (line["to"], line["text"]) == ("sara@example.com", "پاسخ\n\nبا سلام")


def test_without_a_folder_they_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    LocalOutbox("").send(SMS)

    assert json.loads(capsys.readouterr().out)["text"] == SMS.text
