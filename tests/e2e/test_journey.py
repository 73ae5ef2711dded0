"""The main job over HTTP: a customer files a ticket with an image, an agent answers, the customer is told."""

from collections.abc import Callable
from uuid import uuid4

from local.stack import LocalStack
from tests.e2e.journey import serve_a_customer
from tests.e2e.people import Person, Sms, wait_for


def test_a_customer_is_served_from_registration_to_answer(stack: LocalStack, sms: Sms) -> None:
    serve_a_customer(stack.file, sms)


def test_one_answer_is_told_by_one_sms(
    customer: Callable[[], Person], staff: Callable[[str], Person], sms: Sms
) -> None:
    sara, boss = customer(), staff("supervisor")
    phone = sara.get("/me")["phone"]
    before = len(sms.to(phone))
    number = sara.open_ticket()["number"]

    seen = boss.get(f"/tickets/{number}")["last_message_id"]
    boss.post(f"/tickets/{number}/messages", {"body": "بله.", "based_on": seen}, key=str(uuid4()))

    wait_for(lambda: sara.get("/notifications")["items"], "the notification")
    wait_for(lambda: len(sms.to(phone)) > before, "the SMS")
    assert len(sms.to(phone)) == before + 1
