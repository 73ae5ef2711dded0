"""What must not come in: each is answered with a problem that names the field, and stores nothing."""

from typing import Any

import pytest

from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.test_customer_tickets import TICKET


def _stored(aws: Aws) -> list[dict[str, Any]]:
    return aws.items("desk")


BAD_FIELDS: list[tuple[str, object, str]] = [
    ("topic", "football", "topic"),
    ("topic", 7, "topic"),
    ("priority", "yesterday", "priority"),
    ("subject", "", "subject"),
    ("subject", "   ", "subject"),
    ("subject", "\u200b\u200f", "subject"),
    ("description", "\u202e\u3164", "description"),
    ("subject", "ا" * 121, "subject"),
    ("subject", "یک\nدو", "subject"),
    ("subject", "قسط\u0000دوم", "subject"),
    ("subject", None, "subject"),
    ("subject", ["قسط"], "subject"),
    ("subject", {"fa": "قسط"}, "subject"),
    ("description", "", "description"),
    ("description", "ا" * 5001, "description"),
    ("description", "\ud800", "description"),
    ("description", "\ufffe", "description"),
    ("description", "\u0007", "description"),
    ("description", True, "description"),
    ("attachments", "one", "attachments"),
    ("attachments", ["../etc/passwd"], "attachments.0"),
    ("attachments", ["01ARZ3NDEKTSV4RRFFQ69G5FAV"] * 2, "attachments"),
    ("attachments", [f"01ARZ3NDEKTSV4RRFFQ69G5FA{n}" for n in range(6)], "attachments"),
    ("refers_to", "4821-9370-56", "refers_to"),
    ("refers_to", "4821-9370-57", "refers_to"),
    ("status", "closed", "status"),
    ("customer_id", "someone else", "customer_id"),
]


@pytest.mark.parametrize(("field", "value", "named"), BAD_FIELDS)
def test_a_bad_field_is_named_and_nothing_is_stored(
    customer: SignIn, aws: Aws, field: str, value: object, named: str
) -> None:
    answer = customer()("POST", "/tickets", {**TICKET, field: value}, key="k")

    assert answer.status == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.body["errors"]] == [named]
    assert all(error["message"] for error in answer.body["errors"])
    assert _stored(aws) == []


@pytest.mark.parametrize("field", ["topic", "priority", "subject", "description"])
def test_a_missing_field_is_named(customer: SignIn, aws: Aws, field: str) -> None:
    body = {name: value for name, value in TICKET.items() if name != field}

    answer = customer()("POST", "/tickets", body, key="k")

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert _stored(aws) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        '[{"topic": "credit"}]',
        '{"topic": NaN}',
        '{"topic": Infinity}',
        '{"topic": "credit", "topic": "other"}',
        "{" * 5000,
        '{"a":' * 3000 + "1" + "}" * 3000,
        '{"score": 1' + "0" * 5000 + "}",
    ],
)
def test_what_is_not_one_json_object_is_refused(customer: SignIn, aws: Aws, text: str) -> None:
    answer = customer()("POST", "/tickets", text, key="k")

    assert answer.status in (400, 422)
    assert answer.body["type"].startswith("urn:poshtiban:problem:")
    assert _stored(aws) == []


def test_two_megabytes_are_too_large(customer: SignIn, aws: Aws) -> None:
    answer = customer()("POST", "/tickets", {**TICKET, "description": "x" * 2_000_000}, key="k")

    assert answer.status == 413
    assert _stored(aws) == []


def test_a_body_that_is_not_declared_json_is_refused(customer: SignIn) -> None:
    sara = customer()

    answer = sara("POST", "/tickets", TICKET, key="k", headers={"content-type": "text/plain"})

    assert answer.status == 415


def test_a_key_is_required(customer: SignIn, aws: Aws) -> None:
    answer = customer()("POST", "/tickets", TICKET)

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "idempotency-key")
    assert _stored(aws) == []


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", "۵"])
def test_a_limit_out_of_range_is_refused(customer: SignIn, limit: str) -> None:
    answer = customer()("GET", "/tickets", query={"limit": limit})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "limit")


def test_an_unknown_status_is_refused(customer: SignIn) -> None:
    answer = customer()("GET", "/tickets", query={"status": "lost"})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "status")


@pytest.mark.parametrize(("kept", "added"), [(-2, "xx"), (30, ""), (0, "junk"), (0, "é"), (0, "=")])
def test_a_tampered_cursor_is_refused(customer: SignIn, kept: int, added: str) -> None:
    sara = customer()
    for n in range(2):
        sara("POST", "/tickets", TICKET, key=str(n))
    cursor = sara("GET", "/tickets", query={"limit": "1"}).body["next_cursor"]

    answer = sara("GET", "/tickets", query={"limit": "1", "cursor": cursor[:kept] + added})

    assert (answer.status, answer.body["type"]) == (400, "urn:poshtiban:problem:cursor")


def test_a_cursor_serves_neither_another_caller_nor_another_list(customer: SignIn) -> None:
    sara, nima = customer("سارا"), customer("نیما")
    for n in range(2):
        sara("POST", "/tickets", TICKET, key=str(n))
    cursor = sara("GET", "/tickets", query={"limit": "1"}).body["next_cursor"]

    assert nima("GET", "/tickets", query={"cursor": cursor}).status == 400
    assert sara("GET", "/tickets", query={"cursor": cursor, "status": "open"}).status == 400
    assert sara("GET", "/notifications", query={"cursor": cursor}).status == 400


@pytest.mark.parametrize("number", ["0", "abc", "4821937056", "../../etc", "%00", "٤٨٢١٩٣٧٠٥٦"])
def test_what_is_no_ticket_number_is_not_found(customer: SignIn, number: str) -> None:
    assert customer()("GET", f"/tickets/{number}").status == 404


def _message(client: Client, number: str, body: object) -> tuple[int, str]:
    answer = client("POST", f"/tickets/{number}/messages", body, key="m")
    return answer.status, answer.body["errors"][0]["field"]


def test_an_empty_message_is_refused(customer: SignIn) -> None:
    sara = customer()
    number = sara("POST", "/tickets", TICKET, key="k").body["number"]

    assert _message(sara, number, {"body": " \n "}) == (422, "body")
    assert _message(sara, number, {"body": "سلام", "internal": True}) == (422, "internal")
    assert len(sara("GET", f"/tickets/{number}").body["messages"]["items"]) == 1


@pytest.mark.parametrize("score", [0, 6, "5", 4.5, None, True])
def test_a_score_out_of_range_is_refused(customer: SignIn, score: object) -> None:
    sara = customer()
    number = sara("POST", "/tickets", TICKET, key="k").body["number"]
    sara("POST", f"/tickets/{number}/resolve")

    answer = sara("POST", f"/tickets/{number}/rating", {"score": score})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "score")


def test_problems_are_told_in_the_callers_language(customer: SignIn) -> None:
    sara = customer()

    persian = sara("POST", "/tickets", {**TICKET, "topic": "football"}, key="k")
    english = sara("POST", "/tickets", {**TICKET, "topic": "football"}, key="k", headers={"accept-language": "en-GB"})

    assert persian.body["errors"][0]["message"] == "چنین موضوعی نیست."
    assert english.body["errors"][0]["message"] == "There is no such topic."
