"""What the logs of a journey hold: enough to find a fault by, and nothing that opens a door or names a person."""

import re
from collections.abc import Callable
from uuid import uuid4

import pyotp

from local.stack import LocalStack
from tests.e2e.people import Person, Sms, codes, wait_for
from tests.support.denials import logged

PHONE, LOCAL = "+989371112233", "09371112233"
PASSWORD, OTHER = "یک گذرواژهٔ خوب و بلند", "another-quite-long-secret"
BODY = "شمارهٔ قرارداد من نباید جایی نوشته شود"


def test_no_secret_and_no_person_stands_in_a_log(stack: LocalStack, sms: Sms, staff: Callable[[str], Person]) -> None:
    sara, registered = Person.at(stack.file.public_api), {"phone": PHONE, "password": PASSWORD}
    asked = sara.post("/registrations", {**registered, "name": "سارا نامدار"})
    first = wait_for(lambda: codes(sms, PHONE), "the code")[-1]
    wrong = sara.call("POST", f"/registrations/{asked['registration_id']}/confirm", {"code": "000000"})
    bearer = {"transport": "bearer"}
    opened = sara.post(f"/registrations/{asked['registration_id']}/confirm", {"code": first, **bearer})
    sara.signed_in(sara.post("/sessions", {**registered, **bearer}))
    ticket = sara.open_ticket(subject=BODY, description=BODY)
    sara.post(f"/tickets/{ticket['number']}/messages", {"body": BODY}, key=str(uuid4()))
    reset = sara.post("/password-resets", {"phone": PHONE})
    second = wait_for(lambda: codes(sms, PHONE)[1:], "the second code")[-1]
    sara.post(f"/password-resets/{reset['reset_id']}/confirm", {"code": second, "password": OTHER})
    agent = next(member for member in stack.file.demo.staff if member.role == "agent")
    reza = Person.at(stack.file.internal_api)
    challenge = reza.post("/sessions", {"email": agent.email, "password": agent.password})["challenge_id"]
    totp = pyotp.TOTP(agent.totp_secret).now()
    refused = reza.call("POST", "/sessions/recovery", {"challenge_id": challenge, "recovery_code": "7" * 24})
    admin = staff("admin")
    invited = admin.post("/staff", {"email": "new@desk.example", "role": "agent", "topics": ["credit"]})
    joined = reza.post(f"/invitations/{invited['token']}/accept", {"name": "سارا نامدار", "password": PASSWORD})
    given = admin.post(f"/staff/{joined['account']['id']}/password-reset")
    reza.post(f"/password-resets/{given['token']}", {"password": OTHER})

    lines = list(logged(stack))

    secrets = [
        *(PASSWORD, OTHER, BODY, "سارا نامدار", PHONE, LOCAL),
        *(opened["token"], sara.headers["Authorization"].removeprefix("Bearer "), invited["token"]),
        given["token"],
        *(admin.headers["Authorization"].removeprefix("Bearer "), agent.password, agent.totp_secret, "7" * 24),
    ]
    assert (wrong.status_code, refused.status_code) == (403, 401)
    assert any("sms_sender" in line for line in lines)
    assert [line for line in lines if any(secret in line for secret in secrets)] == []
    numbers = re.compile(rf"(?<![0-9a-f.])({first}|{second}|{totp})(?![0-9a-f])")
    assert [line for line in lines if numbers.search(line)] == []
