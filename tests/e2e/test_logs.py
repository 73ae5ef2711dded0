"""What the logs of a whole journey hold: enough to find a fault by, and nothing that opens a door or names a person."""

import json
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import httpx

from local.deploy import STACK
from local.stack import LocalStack
from tests.e2e.people import Person, Sms, codes, wait_for
from tests.support.denials import logged
from tests.support.media import picture

PHONE, LOCAL, NAME, EMAIL = "+989371112233", "09371112233", "سارا نامدار", "sara.namdar@post.example"
PASSWORD, OTHER = "یک گذرواژهٔ خوب و بلند", "another-quite-long-secret"
SUBJECT, MESSAGE, FILENAME = "قرارداد ۷۷۱۲۳ من", "این پیام نباید جایی نوشته شود", "شناسنامه سارا.png"
ANSWER, NOTE, INVITED = "پاسخ محرمانهٔ همکار", "یادداشت محرمانهٔ همکار", "new.colleague@desk.example"
BEARER = {"transport": "bearer"}
SPELLINGS = (PHONE[3:], PHONE[3:].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))  # what every spelling ends in
WORKED = {
    *("customer_accounts", "customer_tickets", "agent_accounts", "agent_desk", "attachment_checker", "event_relay"),
    *("sms_sender", "email_sender", "inbox_writer", "webhook_sender", "report_counter"),
}


def test_no_secret_and_no_person_stands_in_a_log(stack: LocalStack, sms: Sms, staff: Callable[[str], Person]) -> None:
    sara, reza, admin = Person.at(stack.file.public_api), staff("agent"), staff("admin")
    opening = [*_register(sara, sms), *_prove_email(stack, sara), *_change_password(sara, sms)]
    number = _open_ticket(sara)
    opening.append(_cookie(sara))
    _answer(reza, number)
    tokens = [*_refused_staff(stack), admin.post("/staff", _invitation())["token"]]
    _break(stack)
    wait_for(lambda: sara.get("/notifications")["items"], "the notification")
    wait_for(lambda: _services(stack) >= WORKED, "a line of every function")

    lines = [_plain(line) for line in logged(stack)]

    texts = [*SPELLINGS, NAME, EMAIL, PASSWORD, OTHER, SUBJECT, MESSAGE, FILENAME, ANSWER, NOTE, INVITED]
    bearers = [person.headers["Authorization"].removeprefix("Bearer ") for person in (sara, reza, admin)]
    for secret in [*texts, *bearers, *tokens, *(text for text in opening if len(text) > 6)]:
        assert [line for line in lines if secret in line] == [], secret
    digits = "|".join(text for text in opening if len(text) == 6)
    assert [line for line in lines if re.search(rf"(?<![0-9a-f.])({digits})(?![0-9a-f])", line)] == []


def _register(sara: Person, sms: Sms) -> Iterator[str]:
    """A wrong code, then the right one, then a sign-in that is refused, and one that is not."""
    registered = {"phone": f"0098{PHONE[3:]}", "password": PASSWORD}
    asked = sara.post("/registrations", {**registered, "name": NAME})
    code = wait_for(lambda: codes(sms, PHONE), "the code")[-1]
    path = f"/registrations/{asked['registration_id']}/confirm"
    wrong = sara.call("POST", path, {"code": "000000" if code != "000000" else "111111"})
    session = sara.post(path, {"code": code, **BEARER})
    refused = sara.call("POST", "/sessions", {"phone": LOCAL, "password": OTHER, **BEARER})
    sara.signed_in(sara.post("/sessions", {"phone": LOCAL, "password": PASSWORD, **BEARER}))
    assert (wrong.status_code, refused.status_code) == (403, 401)
    yield from (code, session["token"])


def _prove_email(stack: LocalStack, sara: Person) -> Iterator[str]:
    """An address, and the code that came there."""
    change = sara.post("/me/email", {"email": EMAIL})
    outbox = stack.state_dir / "email.jsonl"

    def code() -> str | None:
        sent = [json.loads(line) for line in outbox.read_text(encoding="utf-8").splitlines() if EMAIL in line]
        return next((found.group() for it in sent if (found := re.search(r"(?<!\d)\d{6}(?!\d)", it["text"]))), None)

    came = wait_for(code, "the code by e-mail")
    sara.post(f"/me/email/{change['change_id']}/confirm", {"code": came})
    yield came


def _change_password(sara: Person, sms: Sms) -> Iterator[str]:
    """By a code, as somebody who has forgotten it; then in again."""
    reset = sara.post("/password-resets", {"phone": PHONE})
    code = wait_for(lambda: codes(sms, PHONE)[1:], "the second code")[-1]
    sara.post(f"/password-resets/{reset['reset_id']}/confirm", {"code": code, "password": OTHER})
    sara.signed_in(sara.post("/sessions", {"phone": LOCAL, "password": OTHER, **BEARER}))
    yield code


def _cookie(sara: Person) -> str:
    """What a browser keeps, and shows with a request."""
    page = {"Sec-Fetch-Site": "same-origin"}
    signed_in = httpx.post(f"{sara.api}/sessions", json={"phone": LOCAL, "password": OTHER}, headers=page)
    pair = signed_in.headers["Set-Cookie"].partition(";")[0]
    shown = httpx.get(f"{sara.api}/me", headers={**page, "Cookie": pair})
    assert shown.is_success, shown.text
    return str(pair.partition("=")[2])


def _open_ticket(sara: Person) -> str:
    """With a picture, a second message and an unknown address."""
    image = sara.upload(FILENAME, "image/png", picture())
    assert sara.checked(image)["state"] == "clean"
    number: str = sara.open_ticket(subject=SUBJECT, description=MESSAGE, attachments=[image])["number"]
    sara.post(f"/tickets/{number}/messages", {"body": MESSAGE}, key=str(uuid4()))
    assert sara.call("GET", f"/{LOCAL}/{NAME}").status_code == httpx.codes.NOT_FOUND
    assert sara.call("POST", "/tickets", {"topic": PHONE, "subject": SUBJECT}, key=str(uuid4())).is_client_error
    return number


def _answer(reza: Person, number: str) -> None:
    """A note, an answer, and a look at the customer by number."""
    for body, visibility in ((NOTE, "internal"), (ANSWER, "public")):
        seen = reza.get(f"/tickets/{number}")["messages"]["items"][0]["id"]
        message = {"body": body, "visibility": visibility, "based_on": seen, "attachments": []}
        reza.post(f"/tickets/{number}/messages", message, key=str(uuid4()))
    assert reza.get("/customers", phone=LOCAL)["name"] == NAME


def _refused_staff(stack: LocalStack) -> Iterator[str]:
    """A member of staff whose recovery code is wrong."""
    agent = next(member for member in stack.file.demo.staff if member.role == "agent")
    person = Person.at(stack.file.internal_api)
    challenge = person.post("/sessions", {"email": agent.email, "password": agent.password})["challenge_id"]
    refused = person.call("POST", "/sessions/recovery", {"challenge_id": challenge, "recovery_code": "7" * 24})
    assert refused.status_code == httpx.codes.UNAUTHORIZED
    yield from (agent.email, agent.password, agent.totp_secret, "7" * 24)


def _invitation() -> dict[str, object]:
    return {"email": INVITED, "role": "agent", "topics": ["credit"]}


def _break(stack: LocalStack) -> None:
    """What no function can read, with all that must not be seen in it: each raises, or says that it failed."""
    body = f"{MESSAGE} {PHONE} {EMAIL} {NAME}"
    message = {"messageId": "m", "body": body, "attributes": {"ApproximateReceiveCount": "1"}, "receiptHandle": "r"}
    for name in ("SmsSender", "EmailSender"):
        answer = _invoke(stack, name, {"Records": [message]})
        assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}
    assert "errorType" in _invoke(stack, "CustomerTickets", {"body": body})


def _invoke(stack: LocalStack, name: str, event: object) -> dict[str, object]:
    resources = stack.cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    (function,) = [it["PhysicalResourceId"] for it in resources if it["LogicalResourceId"] == f"{name}Function"]
    payload = json.dumps(event, ensure_ascii=False).encode()
    answer: dict[str, object] = json.loads(
        stack.cloud.functions.invoke(FunctionName=function, Payload=payload)["Payload"].read()
    )
    return answer


def _services(stack: LocalStack) -> set[str]:
    """The functions that have logged something of their own."""
    return {str(json.loads(line).get("service")) for line in logged(stack) if line.startswith("{")}


def _plain(line: str) -> str:
    """A line in which JSON's escapes are letters, since Persian text would hide behind them."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), line)
