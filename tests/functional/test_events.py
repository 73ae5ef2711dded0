"""The events of events/ are what the functions get: each is answered as it should be."""

import json
from dataclasses import replace
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from helpdesk.model.tokens import token_id
from helpdesk.store import sessions
from tests.functional.conftest import Aws, Client, SignIn
from tests.support.http_events import context
from tests.support.template import ROOT, load_template

EVENTS = ROOT / "events"


def _event(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event


def _session_of_the_event(aws: Aws, client: Client, event: dict[str, Any]) -> None:
    """Whoever's token stands in the event is signed in as this person."""
    token = {name.lower(): value for name, value in event["headers"].items()}["authorization"].split()[1]
    assert client.session
    table = aws.table("sessions")
    table.apply(sessions.creation(table, replace(client.session, id=token_id(token))))


def test_every_function_has_an_event() -> None:
    functions = {
        resource["Properties"]["Handler"].split(".")[0]
        for resource in load_template()["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }

    assert {path.stem for path in EVENTS.glob("*.json")} == functions


def test_the_event_of_customer_tickets_opens_a_ticket(aws: Aws, customer: SignIn) -> None:
    event = _event("customer_tickets")
    _session_of_the_event(aws, customer(), event)

    response = import_module("customer_tickets.app").handler(event, context())

    assert response["statusCode"] == HTTPStatus.CREATED
    assert json.loads(response["body"])["subject"] == json.loads(event["body"])["subject"]


def test_the_event_of_agent_desk_reads_the_queue(aws: Aws, agent: SignIn) -> None:
    event = _event("agent_desk")
    _session_of_the_event(aws, agent(), event)

    response = import_module("agent_desk.app").handler(event, context())

    assert response["statusCode"] == HTTPStatus.OK
    assert json.loads(response["body"]) == {"items": [], "next_cursor": None}


def test_the_event_of_web_site_gets_the_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "panel").mkdir()
    (tmp_path / "panel" / "index.html").write_text('<base href="/"><p>پنل</p>', encoding="utf-8")
    monkeypatch.setenv("SITE_ROOT", str(tmp_path))
    monkeypatch.setenv("AWS_REGION", "eu-central-1")

    response = import_module("web_site.app").handler(_event("web_site"), context())

    assert response["statusCode"] == HTTPStatus.OK
    assert "default-src 'none'" in response["headers"]["Content-Security-Policy"]
