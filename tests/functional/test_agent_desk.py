"""Agents work on tickets over HTTP."""

import pytest

from helpdesk.model.people import Role
from tests.functional.conftest import Answer, Client, SignIn
from tests.functional.test_customer_tickets import TICKET


def _opened(client: Client, **changes: str) -> str:
    return str(client("POST", "/tickets", {**TICKET, **changes}, key=str(changes)).body["number"])


def _answer(client: Client, number: str, body: str = "بررسی شد.", key: str = "answer", **more: object) -> Answer:
    seen = client("GET", f"/tickets/{number}").body["last_message_id"]
    return client("POST", f"/tickets/{number}/messages", {"body": body, "based_on": seen, **more}, key=key)


def test_the_queue_is_ordered_by_when_an_answer_is_due(customer: SignIn, agent: SignIn) -> None:
    sara = customer()
    numbers = {priority: _opened(sara, priority=priority) for priority in ("low", "urgent", "normal", "high")}

    queue = agent()("GET", "/queue").body["items"]

    assert [ticket["number"] for ticket in queue] == [numbers[p] for p in ("urgent", "high", "normal", "low")]


def test_an_agent_sees_only_its_topics(customer: SignIn, agent: SignIn) -> None:
    sara = customer()
    credit, other = _opened(sara, topic="credit"), _opened(sara, topic="other")
    reza = agent(topics=("credit",))

    assert [ticket["number"] for ticket in reza("GET", "/queue").body["items"]] == [credit]
    assert reza("GET", f"/tickets/{other}").status == 404


def test_one_of_two_agents_claims_and_the_other_learns_who(customer: SignIn, agent: SignIn) -> None:
    number = _opened(customer())
    reza, leila = agent("رضا"), agent("لیلا")

    assert reza("POST", f"/tickets/{number}/claim").body["assignee"]["name"] == "رضا"
    lost = leila("POST", f"/tickets/{number}/claim")

    assert (lost.status, lost.body["assignee"]["name"]) == (409, "رضا")
    assert "رضا" in lost.body["detail"]


def test_the_queue_is_filtered_by_assignee(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    mine, nobodys = _opened(sara, subject="یک"), _opened(sara, subject="دو")
    reza("POST", f"/tickets/{mine}/claim")

    assert [t["number"] for t in reza("GET", "/queue", query={"assignee": "me"}).body["items"]] == [mine]
    assert [t["number"] for t in reza("GET", "/queue", query={"assignee": "none"}).body["items"]] == [nobodys]


def test_an_answer_makes_the_ticket_wait_for_the_customer(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = _opened(sara)

    assert _answer(reza, number).status == 201

    ticket = sara("GET", f"/tickets/{number}").body
    assert (ticket["status"], ticket["has_unread_answer"]) == ("pending", True)
    assert ticket["messages"]["items"][0]["author"] == {"kind": "agent", "name": "رضا کریمی"}
    assert reza("GET", "/queue").body["items"] == []


def test_a_reply_written_before_a_newer_message_is_refused_with_it(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = _opened(sara)
    seen = reza("GET", f"/tickets/{number}").body["last_message_id"]
    sara("POST", f"/tickets/{number}/messages", {"body": "صبر کنید"}, key="m")

    stale = reza("POST", f"/tickets/{number}/messages", {"body": "تمام شد", "based_on": seen}, key="r")

    assert stale.status == 409
    assert [message["body"] for message in stale.body["newer"]] == ["صبر کنید"]
    assert len(sara("GET", f"/tickets/{number}").body["messages"]["items"]) == 2


@pytest.mark.parametrize("future", ["7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "02" + "0" * 24])
def test_a_reply_based_on_a_message_of_the_future_is_refused(customer: SignIn, agent: SignIn, future: str) -> None:
    sara, reza = customer(), agent()
    number = _opened(sara)

    refused = reza("POST", f"/tickets/{number}/messages", {"body": "تمام شد", "based_on": future}, key="r")

    assert (refused.status, [error["field"] for error in refused.body["errors"]]) == (422, ["based_on"])


def test_a_note_is_seen_by_agents_alone(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = _opened(sara)

    note = {"body": "مشتری بدحساب است", "visibility": "internal"}
    assert reza("POST", f"/tickets/{number}/messages", note, key="n").status == 201

    timeline = reza("GET", f"/tickets/{number}").body["messages"]["items"]
    assert [message["visibility"] for message in timeline] == ["internal", "public"]
    assert "بدحساب" not in str(sara("GET", f"/tickets/{number}").body)
    assert "بدحساب" not in str(sara("GET", f"/tickets/{number}/messages").body)


def test_history_tells_who_did_what(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = _opened(sara)
    reza("POST", f"/tickets/{number}/claim")
    _answer(reza, number, resolve=True)

    history = reza("GET", f"/tickets/{number}/history").body["items"]

    assert [(entry["type"], entry["actor"]["name"]) for entry in history] == [
        ("ticket_answered", "رضا کریمی"),
        ("ticket_claimed", "رضا کریمی"),
        ("ticket_opened", "سارا محمدی"),
    ]


def test_a_higher_priority_moves_the_ticket_up(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    low, normal = _opened(sara, priority="low"), _opened(sara, priority="normal")

    assert reza("PATCH", f"/tickets/{low}", {"priority": "urgent", "tags": ["فوری"]}).body["priority"] == "urgent"

    assert [ticket["number"] for ticket in reza("GET", "/queue").body["items"]] == [low, normal]


def test_a_status_that_may_not_follow_is_refused(customer: SignIn, agent: SignIn) -> None:
    number, reza = _opened(customer()), agent()

    answer = reza("PATCH", f"/tickets/{number}", {"status": "closed"})

    assert (answer.status, answer.body["type"]) == (409, "urn:poshtiban:problem:transition")


def test_only_supervisors_assign(customer: SignIn, agent: SignIn) -> None:
    number = _opened(customer())
    reza, boss = agent(), agent("مدیر", Role.SUPERVISOR, ())
    assert reza.session

    refused = reza("POST", f"/tickets/{number}/assign", {"agent_id": reza.session.account_id})

    assert refused.status == 403
    assert boss("POST", f"/tickets/{number}/assign", {"agent_id": reza.session.account_id}).status == 404
