"""What an operator does, on the local stack."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from helpdesk.store import tickets
from local.deploy import STACK
from local.stack import LocalStack
from operations.erase_customer import erase_customer
from operations.first_admin import invite
from operations.holdings import Holdings
from operations.import_tickets import import_file, importer_of
from operations.verify_history import read
from tests.e2e.people import Person, wait_for
from tests.support.media import picture

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1"}


@pytest.fixture
def _at_the_stack(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator's rights at the local stack."""
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": stack.aws_endpoint}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("_at_the_stack")
def test_a_stack_invites_its_first_administrator_once(stack: LocalStack) -> None:
    function = stack.outputs["AgentAccountsFunction"]

    assert "token" in invite(function, "first@poshtiban.example")
    with pytest.raises(SystemExit, match="no second first administrator"):
        invite(function, "second@poshtiban.example")


@pytest.mark.usefixtures("_at_the_stack")
def test_an_erased_customer_leaves_a_sound_history_and_no_file(
    stack: LocalStack, customer: Callable[[], Person]
) -> None:
    sara = customer()
    file = sara.upload("رسید.png", "image/png", picture())
    assert sara.checked(file)["state"] == "clean"
    number = sara.open_ticket(attachments=[file])["number"]
    address = sara.call("GET", f"/attachments/{file}/download").headers["location"]
    holdings = Holdings.of(STACK)
    customer_id = holdings.find_customer(sara.get("/me")["phone"])
    assert customer_id

    erased = erase_customer(holdings, customer_id, lambda: None)

    assert (erased.tickets, erased.messages, erased.files > 0) == (1, 1, True)
    assert sara.call("GET", "/me").status_code == httpx.codes.UNAUTHORIZED
    assert httpx.get(address).status_code == httpx.codes.NOT_FOUND
    (history,) = read(tickets.list_collection(holdings.desk, number)).values()
    assert history.first_fault() is None


@pytest.mark.usefixtures("_at_the_stack")
def test_an_imported_ticket_goes_on_and_its_past_is_told_to_nobody(
    stack: LocalStack, staff: Callable[[str], Person], tmp_path: Path
) -> None:
    asked = {
        "source": "e2e",
        "external_id": str(datetime.now(UTC).timestamp()),
        "customer": {"phone": "09361112233", "name": "مشتری قدیمی"},
        "topic": "other",
        "subject": "از سامانهٔ پیشین",
        "status": "open",
        "created_at": "2026-11-01T08:00:00Z",
        "messages": [{"author": {"kind": "customer"}, "body": "سلام", "at": "2026-11-01T08:00:00Z"}],
    }
    (tmp_path / "tickets.jsonl").write_text(json.dumps(asked), encoding="utf-8")
    holdings = Holdings.of(STACK)

    assert import_file(importer_of(holdings), tmp_path / "tickets.jsonl").imported == 1

    (ticket,) = staff("supervisor").get("/customers", phone="09361112233")["tickets"]["items"]
    staff("supervisor").post(f"/tickets/{ticket['number']}/claim")
    claimed = wait_for(lambda: _relayed(holdings, ticket["number"]), "the relay of the claim")
    assert claimed == ["ticket_claimed"]


def _relayed(holdings: Holdings, number: str) -> list[str]:
    """Types of the ticket's events that were published."""
    return [item["type"]["S"] for item in tickets.list_collection(holdings.desk, number) if "relayed_at" in item]
