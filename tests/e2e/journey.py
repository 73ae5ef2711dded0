"""The main job over HTTP, by the contract alone: for whatever serves the two APIs."""

import io
from uuid import uuid4

import httpx
import pyotp
from PIL import Image

from local.stack_file import StackFile
from tests.e2e.people import Person, Sms, codes, wait_for


def serve_a_customer(file: StackFile, sms: Sms) -> None:
    """A customer registers and files a ticket with a picture, an agent answers, the customer is told."""
    phone, canonical, password = "۰۹۳۶ ۱۲۳ ۴۵۶۷", "+989361234567", "یک گذرواژهٔ خوب و بلند"
    sara = Person.at(file.public_api)

    # register with a phone number, confirm with the code that came by SMS
    asked = sara.post("/registrations", {"phone": phone, "name": "سارا", "password": password})
    code = wait_for(lambda: codes(sms, canonical), "the code")[-1]
    sara.post(f"/registrations/{asked['registration_id']}/confirm", {"code": code, "transport": "bearer"})

    # sign in, see who one is
    sara.signed_in(sara.post("/sessions", {"phone": "09361234567", "password": password, "transport": "bearer"}))
    me = sara.get("/me")
    assert (me["name"], me["phone"]) == ("سارا", canonical)

    # a real PNG to S3 by the presigned form, checked and clean
    attachment = sara.upload("رسید قسط.png", "image/png", _png())
    assert sara.checked(attachment)["state"] == "clean"

    # open a ticket with it, list it, read it, add a message, fetch the image
    ticket = sara.open_ticket(topic="documents", attachments=[attachment])
    number = ticket["number"]
    assert number in [listed["number"] for listed in sara.get("/tickets")["items"]]
    sara.post(f"/tickets/{number}/messages", {"body": "شمارهٔ قرارداد ۱۲۳۴ است."}, key=str(uuid4()))
    conversation = sara.get(f"/tickets/{number}")["messages"]["items"]
    assert [message["body"] for message in conversation] == ["شمارهٔ قرارداد ۱۲۳۴ است.", "ثبت نشده است."]
    assert conversation[1]["attachments"][0]["filename"] == "رسید قسط.png"
    for variant in ("original", "thumbnail"):
        redirect = sara.call("GET", f"/attachments/{attachment}/download", variant=variant)
        assert redirect.status_code == httpx.codes.SEE_OTHER
        download = httpx.get(redirect.headers["location"])
        assert download.headers["content-disposition"].startswith("attachment")
        assert Image.open(io.BytesIO(download.content)).size[0] <= 640

    # staff sign in with password and TOTP, see the ticket in the queue, claim, read and answer it
    member = next(member for member in file.demo.staff if member.role == "admin")
    reza = Person.at(file.internal_api)
    challenge = reza.post("/sessions", {"email": member.email, "password": member.password})
    body = {"challenge_id": challenge["challenge_id"], "code": pyotp.TOTP(member.totp_secret).now()}
    reza.signed_in(reza.post("/sessions/confirm", {**body, "transport": "bearer"}))
    queue = wait_for(
        lambda: [t for t in reza.get("/queue", limit="100")["items"] if t["number"] == number],
        "the ticket in the queue",
    )
    assert queue[0]["assignee"] is None
    reza.post(f"/tickets/{number}/claim")
    seen = reza.get(f"/tickets/{number}")["messages"]["items"][0]["id"]
    answer = {"body": "مدارک شما کامل است.", "visibility": "public", "based_on": seen}
    reza.post(f"/tickets/{number}/messages", answer, key=str(uuid4()))

    # the answer reaches the customer as an SMS and in the inbox, and nothing of its text by SMS
    told = wait_for(lambda: [m for m in sms.to(canonical) if m["text"].find(number[:4]) >= 0], "the SMS of the answer")
    assert "مدارک" not in told[0]["text"]
    inbox = wait_for(lambda: sara.get("/notifications")["items"], "the notification")
    assert [(n["type"], n["ticket_number"]) for n in inbox] == [("ticket_answered", number)]
    assert sara.get("/notifications")["unread"] == 1
    assert sara.post("/notifications/read", {"up_to": inbox[0]["id"]}) == {"unread": 0}
    ticket = sara.get(f"/tickets/{number}")
    assert (ticket["status"], ticket["messages"]["items"][0]["body"]) == ("pending", "مدارک شما کامل است.")

    # sign out: the token is dead from the next request on
    assert sara.call("DELETE", "/sessions/current").status_code == httpx.codes.NO_CONTENT
    assert sara.call("GET", "/me").status_code == httpx.codes.UNAUTHORIZED


def _png(width: int = 640, height: int = 480) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), (30, 90, 160)).save(content, "PNG")
    return content.getvalue()
