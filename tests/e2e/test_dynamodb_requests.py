"""Requests to DynamoDB per HTTP request, as the emulator saw them, against the budgets of design §11."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from local.stack import LocalStack
from tests.e2e.people import Person
from tests.support.dynamodb_requests import dynamodb_requests
from tests.support.media import picture

SESSION = "GetItem sessions"
CHANGE = [SESSION, "BatchGetItem desk", "TransactWriteItems desk"]
SHARDS = 4
TOPICS = 4


@pytest.fixture
def sara(customer: Callable[[], Person]) -> Person:
    return customer()


@pytest.fixture
def ticket(sara: Person) -> str:
    """The number of a ticket about credit."""
    number: str = sara.open_ticket()["number"]
    return number


@pytest.fixture
def supervisor(staff: Callable[[str], Person]) -> Person:
    return staff("supervisor")


@pytest.fixture
def seen(supervisor: Person, ticket: str) -> str:
    """The last message of the ticket."""
    last: str = supervisor.get(f"/tickets/{ticket}")["last_message_id"]
    return last


@pytest.fixture
def image(sara: Person) -> str:
    """The id of an image that was checked and is clean."""
    attachment = sara.upload("a.png", "image/png", picture())
    assert sara.checked(attachment)["state"] == "clean"
    return attachment


@contextmanager
def costing(stack: LocalStack, function: str, requests: list[str]) -> Iterator[None]:
    """Assert that what happens inside makes the function send exactly these requests."""
    with dynamodb_requests(stack, function) as sent:
        yield
    assert sent() == requests


def test_opening_a_ticket_is_one_request_after_the_sessions(stack: LocalStack, sara: Person) -> None:
    with costing(stack, "customer_tickets", [SESSION, "TransactWriteItems desk"]):
        sara.open_ticket()


@pytest.mark.parametrize("path", ["/tickets", "/tickets?status=open", "/notifications"])
def test_reading_a_list_is_one_request_after_the_sessions(stack: LocalStack, sara: Person, path: str) -> None:
    with costing(stack, "customer_tickets", [SESSION, "Query desk"]):
        sara.get(path)


@pytest.mark.parametrize("path", ["/tickets/{}", "/tickets/{}/messages"])
def test_reading_a_ticket_is_one_request_after_the_sessions(
    stack: LocalStack, sara: Person, ticket: str, path: str
) -> None:
    with costing(stack, "customer_tickets", [SESSION, "Query desk"]):
        sara.get(path.format(ticket))


def test_the_form_costs_the_session_alone(stack: LocalStack, sara: Person) -> None:
    with costing(stack, "customer_tickets", [SESSION]):
        sara.get("/form")


def test_adding_a_message_is_two_requests_after_the_sessions(stack: LocalStack, sara: Person, ticket: str) -> None:
    with costing(stack, "customer_tickets", CHANGE):
        sara.post(f"/tickets/{ticket}/messages", {"body": "خبری نشد؟"}, key=str(uuid4()))


def test_asking_for_an_upload_is_one_request_after_the_sessions(stack: LocalStack, sara: Person) -> None:
    with costing(stack, "customer_tickets", [SESSION, "TransactWriteItems desk"]):
        sara.post("/attachments", {"filename": "a.png", "content_type": "image/png", "size": 100})


def test_opening_a_ticket_with_an_attachment_is_two_requests_after_the_sessions(
    stack: LocalStack, sara: Person, image: str
) -> None:
    with costing(stack, "customer_tickets", CHANGE):
        sara.open_ticket(attachments=[image])


def test_downloading_is_two_requests_after_the_sessions(stack: LocalStack, sara: Person, image: str) -> None:
    sara.open_ticket(attachments=[image])

    with dynamodb_requests(stack, "customer_tickets") as sent:
        assert sara.call("GET", f"/attachments/{image}/download").is_redirect
    assert sent() == [SESSION, "GetItem desk", "GetItem desk"]


def test_marking_a_ticket_read_is_one_request_after_the_sessions(
    stack: LocalStack, sara: Person, ticket: str, seen: str
) -> None:
    with costing(stack, "customer_tickets", [SESSION, "UpdateItem desk"]):
        sara.post(f"/tickets/{ticket}/read", {"up_to": seen})


def test_an_agent_reads_a_ticket_by_one_request_after_the_sessions(
    stack: LocalStack, supervisor: Person, ticket: str
) -> None:
    with costing(stack, "agent_desk", [SESSION, "Query desk"]):
        supervisor.get(f"/tickets/{ticket}")


def test_the_queue_of_a_topic_is_one_request_per_shard(stack: LocalStack, supervisor: Person) -> None:
    with costing(stack, "agent_desk", [SESSION, *["Query desk"] * SHARDS]):
        supervisor.get("/queue", topic="credit")


def test_the_whole_queue_is_one_request_per_shard_and_topic(stack: LocalStack, supervisor: Person) -> None:
    with costing(stack, "agent_desk", [SESSION, *["Query desk"] * SHARDS * TOPICS]):
        supervisor.get("/queue")


def test_claiming_a_ticket_is_two_requests_after_the_sessions(
    stack: LocalStack, supervisor: Person, ticket: str
) -> None:
    with costing(stack, "agent_desk", CHANGE):
        supervisor.post(f"/tickets/{ticket}/claim")


def test_answering_a_ticket_is_two_requests_after_the_sessions(
    stack: LocalStack, supervisor: Person, ticket: str, seen: str
) -> None:
    with costing(stack, "agent_desk", CHANGE):
        supervisor.post(f"/tickets/{ticket}/messages", {"body": "بله", "based_on": seen}, key=str(uuid4()))


def test_giving_a_ticket_to_somebody_is_two_requests_after_the_sessions(
    stack: LocalStack, supervisor: Person, ticket: str
) -> None:
    colleague = supervisor.get(f"/tickets/{ticket}/assignees")["items"][0]
    with costing(stack, "agent_desk", CHANGE):
        supervisor.post(f"/tickets/{ticket}/assign", {"agent_id": colleague["id"]})


def test_a_customers_card_is_one_request_after_the_sessions(stack: LocalStack, supervisor: Person, ticket: str) -> None:
    customer_id = supervisor.get(f"/tickets/{ticket}")["customer"]["id"]
    with costing(stack, "agent_desk", [SESSION, "Query desk"]):
        supervisor.get(f"/customers/{customer_id}")


def test_the_canned_replies_of_a_topic_are_one_request_after_the_sessions(
    stack: LocalStack, supervisor: Person
) -> None:
    with costing(stack, "agent_desk", [SESSION, "Query desk"]):
        supervisor.get("/canned-replies", topic="credit")
