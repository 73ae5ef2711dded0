"""Tickets in hands: taken, passed on, and never lost on the way."""

import pytest

from helpdesk.model.people import Role
from tests.functional.conftest import Answer, Client, SignIn
from tests.functional.desk.conftest import CleanFile, Employ, answered, id_of, opened


def _assign(boss: Client, number: str, member: Client) -> Answer:
    return boss("POST", f"/tickets/{number}/assign", {"agent_id": id_of(member)})


def test_a_ticket_that_goes_from_hand_to_hand_keeps_its_history(customer: SignIn, employ: Employ, boss: Client) -> None:
    number, reza, leila = opened(customer()), employ("رضا"), employ("لیلا")

    assert reza("POST", f"/tickets/{number}/claim").status == 200
    assert _assign(boss, number, leila).body["assignee"]["name"] == "لیلا"
    assert leila("POST", f"/tickets/{number}/release").body["assignee"] is None
    assert _assign(boss, number, reza).body["assignee"]["name"] == "رضا"
    assert answered(reza, number).status == 201

    history = boss("GET", f"/tickets/{number}/history").body["items"]
    assert [(entry["type"], entry["actor"]["name"], entry["data"].get("assignee")) for entry in reversed(history)] == [
        ("ticket_opened", "سارا محمدی", None),
        ("ticket_claimed", "رضا", " → رضا"),
        ("ticket_assigned", "مدیر", "رضا → لیلا"),
        ("ticket_released", "لیلا", "لیلا → "),
        ("ticket_assigned", "مدیر", " → رضا"),
        ("ticket_answered", "رضا", None),
    ]
    assert history[0]["data"]["status"] == "open → pending"


def test_an_answer_says_that_it_took_the_ticket(customer: SignIn, agent: SignIn) -> None:
    number, reza = opened(customer()), agent("رضا")

    answered(reza, number, resolve=True)

    data = reza("GET", f"/tickets/{number}/history").body["items"][0]["data"]
    assert (data["assignee"], data["status"]) == (" → رضا", "open → resolved")


def test_a_ticket_is_given_only_to_who_works_on_its_topic(customer: SignIn, employ: Employ, boss: Client) -> None:
    number = opened(customer(), topic="credit")

    refused = _assign(boss, number, employ("نیما", topics=("other",)))

    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "agent_id")
    assert _assign(boss, number, employ("رفته", enabled=False)).status == 404
    assert boss("GET", f"/tickets/{number}").body["assignee"] is None


def test_supervisors_see_whom_a_ticket_may_be_given_to(customer: SignIn, employ: Employ, boss: Client) -> None:
    number, reza = opened(customer(), topic="credit"), employ("رضا", topics=("credit",))
    employ("نیما", topics=("other",))
    employ("رفته", enabled=False)
    head = employ("سرپرست", Role.SUPERVISOR, ())

    listed = boss("GET", f"/tickets/{number}/assignees")

    assert [person["id"] for person in listed.body["items"]] == [id_of(reza), id_of(head)]
    assert reza("GET", f"/tickets/{number}/assignees").status == 403
    assert boss("GET", "/tickets/4821937057/assignees").status == 404


@pytest.mark.parametrize("patch", [{"status": "resolved"}, {"status": "pending"}, {"topic": "other"}])
def test_a_colleagues_ticket_is_not_moved_behind_the_back(
    customer: SignIn, agent: SignIn, boss: Client, patch: dict[str, str]
) -> None:
    number, reza, leila = opened(customer()), agent("رضا"), agent("لیلا")
    reza("POST", f"/tickets/{number}/claim")

    refused = leila("PATCH", f"/tickets/{number}", patch)

    assert (refused.status, refused.body["assignee"]["name"]) == (409, "رضا")
    assert boss("PATCH", f"/tickets/{number}", patch).status == 200


def test_a_colleagues_ticket_takes_tags_priority_and_notes(customer: SignIn, agent: SignIn) -> None:
    number, reza, leila = opened(customer()), agent("رضا"), agent("لیلا")
    reza("POST", f"/tickets/{number}/claim")

    changed = leila("PATCH", f"/tickets/{number}", {"priority": "high", "tags": ["چک"]})
    note = leila("POST", f"/tickets/{number}/messages", {"body": "تماس گرفت", "visibility": "internal"}, key="n")

    assert (changed.status, changed.body["assignee"]["name"], note.status) == (200, "رضا", 201)


def test_a_ticket_moved_to_another_topic_waits_there_for_somebody(customer: SignIn, agent: SignIn) -> None:
    number = opened(customer(), topic="credit")
    reza, leila = agent("رضا", topics=("credit",)), agent("لیلا", topics=("other",))
    due = reza("POST", f"/tickets/{number}/claim").body["response_due_at"]

    moved = reza("PATCH", f"/tickets/{number}", {"topic": "other"})

    assert (moved.body["assignee"], moved.body["response_due_at"]) == (None, due)
    assert reza("GET", f"/tickets/{number}").status == 404
    assert [ticket["number"] for ticket in leila("GET", "/queue", query={"assignee": "none"}).body["items"]] == [number]
    assert leila("POST", f"/tickets/{number}/claim").status == 200


def test_a_note_solves_nothing(customer: SignIn, agent: SignIn) -> None:
    number, reza = opened(customer()), agent()

    refused = answered(reza, number, visibility="internal", resolve=True)

    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "resolve")
    assert len(reza("GET", f"/tickets/{number}").body["messages"]["items"]) == 1


def test_closing_by_hand_is_told_as_closing(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = opened(sara)
    answered(reza, number, resolve=True)

    assert reza("PATCH", f"/tickets/{number}", {"status": "closed"}).body["status"] == "closed"

    closing = reza("GET", f"/tickets/{number}/history").body["items"][0]
    assert (closing["type"], closing["data"]["status"]) == ("ticket_closed", "resolved → closed")
    assert sara("POST", f"/tickets/{number}/messages", {"body": "باز هم"}, key="m").status == 409


def test_a_closed_ticket_is_rated_within_the_window_and_once(customer: SignIn, agent: SignIn) -> None:
    sara, reza = customer(), agent()
    number = opened(sara)
    answered(reza, number, resolve=True)
    reza("PATCH", f"/tickets/{number}", {"status": "closed"})

    assert sara("POST", f"/tickets/{number}/rating", {"score": 4}).body["rating"] == 4
    assert sara("POST", f"/tickets/{number}/rating", {"score": 5}).status == 409
    assert reza("GET", f"/tickets/{number}").body["rating"] == 4


def test_the_file_of_an_answer_is_the_customers_and_that_of_a_note_is_not(
    customer: SignIn, agent: SignIn, clean_file: CleanFile
) -> None:
    sara, reza = customer(), agent()
    number = opened(sara)
    shown, hidden = clean_file(reza), clean_file(reza)

    assert answered(reza, number, attachments=[shown]).status == 201
    assert answered(reza, number, attachments=[hidden], visibility="internal").status == 201

    seen = sara("GET", f"/tickets/{number}").body["messages"]["items"]
    assert [link["id"] for message in seen for link in message["attachments"]] == [shown]
    assert sara("GET", f"/attachments/{shown}/download").status == 303
    assert sara("GET", f"/attachments/{hidden}/download").status == 404
    assert reza("GET", f"/attachments/{hidden}/download").status == 303
