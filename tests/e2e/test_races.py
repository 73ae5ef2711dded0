"""Many at once, and strangers at the door."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.e2e.people import Person

TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط", "description": "شرح"}


def test_one_key_from_twenty_clients_at_once_opens_one_ticket(
    customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    sara = customer()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: sara.call("POST", "/tickets", TICKET, "one-key"), range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert len(sara.get("/tickets")["items"]) == 1
    number = answers[0].json()["number"]
    assert len(staff("supervisor").get(f"/tickets/{number}/history")["items"]) == 1


def test_messages_at_once_are_all_kept(customer: Callable[[], Person]) -> None:
    sara = customer()
    number = sara.open_ticket()["number"]

    def write(n: int) -> int:
        return sara.call("POST", f"/tickets/{number}/messages", {"body": f"پیام {n}"}, f"key-{n}").status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(write, range(8)))

    kept = sara.get(f"/tickets/{number}", limit="50")["messages"]["items"]
    assert len(kept) == 1 + statuses.count(201)
    assert set(statuses) <= {201, 503}


def test_anothers_ticket_and_attachment_are_not_found(customer: Callable[[], Person]) -> None:
    sara, nima = customer(), customer()
    number = sara.open_ticket()["number"]
    attachment = sara.upload("a.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")

    answers: list[Any] = [
        nima.call("GET", f"/tickets/{number}"),
        nima.call("GET", "/tickets/0000000000"),
        nima.call("GET", f"/attachments/{attachment}"),
        nima.call("GET", f"/attachments/{attachment}/download"),
        nima.call("POST", "/tickets", {**TICKET, "attachments": [attachment]}, "k"),
        nima.call("POST", f"/tickets/{number}/messages", {"body": "من هم"}, "k"),
        nima.call("POST", f"/tickets/{number}/resolve"),
    ]

    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
