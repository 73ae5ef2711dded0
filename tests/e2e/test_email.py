"""E-mail to a customer: from the confirmation of the address on, and no longer than it is wanted."""

from collections.abc import Callable
from uuid import uuid4

from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.store import deliveries
from helpdesk.store.table import Table
from local.stack import LocalStack
from tests.e2e.people import Person, Sms, codes, wait_for

ADDRESS = "sara-of-the-journey@mail.example"


def test_answers_are_told_by_e_mail_once_the_address_is_confirmed(
    stack: LocalStack, customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    sara, admin, mail = customer(), staff("admin"), Sms(stack.state_dir / "email.jsonl")
    numbers = [sara.open_ticket()["number"] for _ in range(2)]

    change_id = sara.post("/me/email", {"email": ADDRESS})["change_id"]
    code = wait_for(lambda: codes(mail, ADDRESS), "the code")[-1]
    first = answer(admin, numbers[0])
    desk = Table(stack.cloud.dynamodb, stack.outputs["DeskTable"])
    (row,) = wait_for(lambda: deliveries.list_of_channel(desk, first, Channel.EMAIL), "the first answer in the ledger")
    assert (row.state, row.reason) == (DeliveryState.SUPPRESSED, "no_address")
    sara.post(f"/me/email/{change_id}/confirm", {"code": code})
    answer(admin, numbers[1])

    told = wait_for(lambda: [each["text"] for each in mail.to(ADDRESS) if numbers[1] in each["text"]], "the e-mail")
    assert len(told) == 1
    assert not any(numbers[0] in each["text"] for each in mail.to(ADDRESS))


def answer(agent: Person, number: str) -> str:
    """The id of its event."""
    seen = agent.get(f"/tickets/{number}")["last_message_id"]
    agent.post(f"/tickets/{number}/messages", {"body": "بررسی شد.", "based_on": seen}, str(uuid4()))
    return str(agent.get(f"/tickets/{number}/history")["items"][0]["id"])
