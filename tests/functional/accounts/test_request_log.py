"""What an API function logs of a request, and what CloudWatch counts by it."""

import json
from typing import Any

import pytest

from helpdesk.model.people import Customer
from tests.functional.accounts.conftest import BEARER, PASSWORD, PHONE
from tests.functional.conftest import Client

SIGN_IN = {"phone": PHONE, "password": PASSWORD, **BEARER}


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]


@pytest.mark.usefixtures("sara", "sms")
def test_a_request_leaves_a_line_by_which_it_is_found(panel: Client, capsys: pytest.CaptureFixture[str]) -> None:
    panel("POST", "/sessions", SIGN_IN)

    _, line = lines(capsys)
    assert line.items() >= {"message": "answered", "level": "INFO", "service": "tests"}.items()
    assert (line["correlation_id"], line["method"], line["section"], line["status"]) == (
        "request",
        "POST",
        "sessions",
        201,
    )
    assert "_aws" not in line


@pytest.mark.usefixtures("sms")
def test_a_refused_sign_in_is_counted(panel: Client, sara: Customer, capsys: pytest.CaptureFixture[str]) -> None:
    panel("POST", "/sessions", SIGN_IN | {"password": "another-long-secret"})

    (line,) = lines(capsys)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert (line["status"], line["RefusedSignIns"]) == (401, 1)
    assert directive == {
        "Namespace": "Poshtiban",
        "Dimensions": [["service"]],
        "Metrics": [{"Name": "RefusedSignIns", "Unit": "Count"}],
    }
    assert sara.phone not in json.dumps(line)


def test_a_wrong_code_of_a_member_of_staff_is_counted_too(console: Client, capsys: pytest.CaptureFixture[str]) -> None:
    console("POST", "/sessions/confirm", {"challenge_id": "01KB8Q4W5N3Y7T0C9XZ2M1H6RD", "code": "000000"})

    (line,) = lines(capsys)
    assert (line["status"] in (401, 403), line.get("RefusedSignIns")) == (True, 1)


def test_who_is_not_signed_in_is_no_refused_sign_in(panel: Client, capsys: pytest.CaptureFixture[str]) -> None:
    panel("GET", "/me")

    (line,) = lines(capsys)
    assert (line["status"], "RefusedSignIns" in line) == (401, False)


def test_an_address_that_nobody_has_is_not_written_down(panel: Client, capsys: pytest.CaptureFixture[str]) -> None:
    panel("POST", "/09121234567/secret")

    (line,) = lines(capsys)
    assert line["section"] == ""


@pytest.mark.usefixtures("sara", "sms")
def test_a_quiet_log_still_counts(
    panel: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "ERROR")

    panel("POST", "/sessions", SIGN_IN)
    panel("POST", "/sessions", SIGN_IN | {"password": "another-long-secret"})

    opened, line = lines(capsys)
    assert (opened["message"], line["RefusedSignIns"]) == ("session opened", 1)


def test_who_signed_in_is_logged_without_number_or_token(
    panel: Client, sara: Customer, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = panel("POST", "/sessions", SIGN_IN)

    line, _ = lines(capsys)
    assert (line["kind"], line["account_id"], line["correlation_id"]) == ("customer", sara.id, "request")
    assert not any(secret in json.dumps(line) for secret in (PHONE, answer.body["token"], PASSWORD, sara.name))


@pytest.mark.parametrize(("method", "path"), [("GET", "/me"), ("PATCH", "/me"), ("DELETE", "/sessions")])
def test_a_refusal_is_logged_whatever_the_level(
    panel: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, method: str, path: str
) -> None:
    monkeypatch.setenv("POWERTOOLS_LOG_LEVEL", "ERROR")

    panel(method, path)

    (line,) = lines(capsys)
    assert (line["message"], line["status"], line["section"]) == ("answered", 401, path.strip("/"))
