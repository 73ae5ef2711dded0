"""Canned replies over HTTP: supervisors keep them, agents answer with them."""

from dataclasses import replace
from typing import Any

import pytest

from helpdesk.actions import canned_replies
from helpdesk.model.canned_reply import CannedReply
from helpdesk.model.people import Role
from helpdesk.store import canned_replies as store
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.desk.conftest import opened

REPLY: dict[str, Any] = {
    "title": "دریافت مدارک",
    "body": "{customer_name} عزیز، مدارک درخواست {ticket_number} رسید.\n{agent_name}",
    "topic": "credit",
}


def _written(keeper: Client, **changes: object) -> dict[str, Any]:
    answer = keeper("POST", "/canned-replies", {**REPLY, **changes})
    assert answer.status == 201, answer.body
    reply: dict[str, Any] = answer.body
    return reply


def _titles(reader: Client, **query: str) -> list[str]:
    return [reply["title"] for reply in reader("GET", "/canned-replies", query=query).body["items"]]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMIN])
def test_who_keeps_them_writes_changes_and_deletes_them(agent: SignIn, role: Role) -> None:
    keeper = agent("مدیر", role, ())
    reply = _written(keeper)
    path = f"/canned-replies/{reply['id']}"

    assert {name: reply[name] for name in REPLY} == REPLY
    changed = keeper("PATCH", path, {"title": "عنوان تازه"})
    assert (changed.status, changed.body) == (200, {**reply, "title": "عنوان تازه"})
    assert keeper("GET", path).body == {**changed.body, "text": None}
    assert keeper("DELETE", path).status == 204
    assert keeper("GET", path).status == 404
    assert keeper("DELETE", path).status == 404


def test_agents_read_and_do_no_more(agent: SignIn, boss: Client) -> None:
    reply, reza = _written(boss), agent()
    path = f"/canned-replies/{reply['id']}"

    assert reza("GET", path).status == 200
    assert reza("POST", "/canned-replies", REPLY).status == 403
    assert reza("PATCH", path, {"title": "دیگر"}).status == 403
    assert reza("DELETE", path).status == 403
    assert boss("GET", path).body["title"] == REPLY["title"]


def test_an_agent_is_offered_those_of_its_topics_and_those_for_every_one(agent: SignIn, boss: Client) -> None:
    _written(boss, title="الف", topic="credit")
    _written(boss, title="ب", topic="documents")
    hidden = _written(boss, title="پ", topic="other")
    _written(boss, title="ت", topic=None)
    reza = agent(topics=("credit", "documents"))

    assert _titles(reza) == ["الف", "ب", "ت"]
    assert _titles(reza, topic="credit") == ["الف", "ت"]
    assert _titles(reza, topic="other") == ["ت"]
    assert reza("GET", f"/canned-replies/{hidden['id']}").status == 404
    assert _titles(boss) == ["الف", "ب", "پ", "ت"]


def test_an_unknown_topic_is_refused(boss: Client, aws: Aws) -> None:
    answers = [
        boss("GET", "/canned-replies", query={"topic": "football"}),
        boss("POST", "/canned-replies", {**REPLY, "topic": "football"}),
    ]

    assert [(answer.status, answer.body["errors"][0]["field"]) for answer in answers] == [(422, "topic")] * 2
    assert aws.items("desk") == []


@pytest.mark.parametrize("body", ["{phone}", "{customer_name", "{ agent_name }", "{customer_name.__class__}"])
def test_a_place_that_nothing_fills_is_refused_at_saving(boss: Client, aws: Aws, body: str) -> None:
    refused = boss("POST", "/canned-replies", {**REPLY, "body": body}, headers={"accept-language": "en"})

    assert (refused.status, aws.items("desk")) == (422, [])
    assert refused.body["errors"] == [
        {"field": "body", "message": "Only {customer_name}, {ticket_number} and {agent_name} may stand in braces."}
    ]
    reply = _written(boss)
    assert boss("PATCH", f"/canned-replies/{reply['id']}", {"body": body}).status == 422
    assert boss("GET", f"/canned-replies/{reply['id']}").body["body"] == REPLY["body"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"body": "  "}, "body"),
        ({"body": "\u0000"}, "body"),
        ({"title": 7}, "title"),
        ({"id": "x"}, "id"),
    ],
)
def test_what_is_wrong_is_named(boss: Client, changes: dict[str, Any], field: str) -> None:
    answer = boss("POST", "/canned-replies", {**REPLY, **changes})

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])


def test_a_topic_of_null_makes_it_serve_every_one(boss: Client) -> None:
    path = f"/canned-replies/{_written(boss)['id']}"

    assert boss("PATCH", path, {"title": "عنوان"}).body["topic"] == "credit"
    assert boss("PATCH", path, {"topic": None}).body["topic"] is None


def test_it_is_filled_for_a_ticket_as_text(customer: SignIn, agent: SignIn, boss: Client) -> None:
    number = opened(customer("{agent_name} <b>"))
    reply, reza = _written(boss), agent("رضا")

    filled = reza("GET", f"/canned-replies/{reply['id']}", query={"ticket": number}).body

    grouped = f"{number[:4]}-{number[4:8]}-{number[8:]}"
    assert filled["text"] == f"{{agent_name}} <b> عزیز، مدارک درخواست \u200e{grouped} رسید.\nرضا"
    assert filled["body"] == REPLY["body"]


def test_it_is_not_filled_from_a_ticket_that_the_agent_does_not_see(
    customer: SignIn, agent: SignIn, boss: Client
) -> None:
    number, reply = opened(customer(), topic="other"), _written(boss)

    answer = agent(topics=("credit",))("GET", f"/canned-replies/{reply['id']}", query={"ticket": number})

    assert answer.status == 404


def test_of_two_changes_at_once_none_is_lost_silently(aws: Aws, boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes between the reading and the writing of another."""
    reply = _written(boss)
    desk, read = aws.table("desk"), canned_replies.read_canned_reply

    def slow(*arguments: Any) -> CannedReply:
        standing = read(*arguments)
        desk.commit([store.change(desk, replace(standing, title="نخست"))])
        return standing

    with monkeypatch.context() as patched:
        patched.setattr(canned_replies, "read_canned_reply", slow)
        assert boss("PATCH", f"/canned-replies/{reply['id']}", {"title": "دوم"}).status == 409

    assert boss("GET", f"/canned-replies/{reply['id']}").body["title"] == "نخست"
