"""The life of tickets, from both sides."""

from typing import Any

from benchmarks.use_cases.accounts import REZA
from benchmarks.use_cases.stage import Person, Stage
from helpdesk.model.attachment import upload_key
from tests.support.media import picture

TICKET = {
    "topic": "credit",
    "priority": "normal",
    "subject": "قسط دوم",
    "description": "سلام، قسط دوم خود را پرداخت کرده‌ام اما در پنل ثبت نشده است. لطفاً بررسی کنید.",
}
QUESTION = {"body": "سلام، آیا خبری از پیگیری درخواست من شده است؟ منتظر پاسخ شما هستم."}
ANSWER = {"body": "با سلام، پرداخت شما بررسی و در پنل ثبت شد. سپاس از شکیبایی شما."}
TENTH = "2026-11-10"
"""A report counts the days of its month up to its own."""


def ask(sara: Person) -> str:
    """A customer opens a ticket with a picture, writes and reads; the number of the ticket."""
    sara.does("read the form", "GET", "/form")
    attachment = upload(sara)
    number: str = sara.does("open a ticket", "POST", "/tickets", TICKET)["number"]
    sara.does("list my tickets", "GET", "/tickets")
    sara.does("list my open tickets", "GET", "/tickets", status="open")
    sara.does("read a ticket", "GET", f"/tickets/{number}")
    sara.does("read a page of messages", "GET", f"/tickets/{number}/messages")
    sara.does("add a message", "POST", f"/tickets/{number}/messages", QUESTION)
    picture_too = {**TICKET, "attachments": [attachment]}
    sara.does("open a ticket with a picture", "POST", "/tickets", picture_too)
    sara.does("see how a picture's check goes", "GET", f"/attachments/{attachment}")
    sara.does("download a picture", "GET", f"/attachments/{attachment}/download")
    return number


def upload(sara: Person) -> str:
    """The id of a picture that was checked."""
    stage, content = sara.stage, picture()
    wanted = {"filename": "a.png", "content_type": "image/png", "size": len(content)}
    attachment: str = sara.does("ask for an upload", "POST", "/attachments", wanted)["id"]
    stored = stage.s3.put_object(Bucket="uploads", Key=upload_key(attachment), Body=content)
    arrived = {"s3": {"object": {"key": upload_key(attachment), "versionId": stored["VersionId"]}}}
    event = {"Records": [{**arrived, "responseElements": {"x-amz-request-id": "request"}}]}
    stage.invokes("check a picture", "attachment_checker", event)
    return attachment


def answer(boss: Person, reza: Person, number: str) -> None:
    """Agents work on the ticket."""
    reza.does("read the whole queue", "GET", "/queue")
    reza.does("read the queue of a topic", "GET", "/queue", topic="credit")
    reza.does("claim a ticket", "POST", f"/tickets/{number}/claim")
    reza.does("read my queue", "GET", "/queue", assignee="me", topic="credit")
    reza.does("release a ticket", "POST", f"/tickets/{number}/release")
    ticket = reza.does("read a ticket at the desk", "GET", f"/tickets/{number}")
    reza.does("read a page of messages and notes", "GET", f"/tickets/{number}/messages")
    reza.does("read a ticket's history", "GET", f"/tickets/{number}/history")
    colleagues = boss.does("list whom a ticket may be given to", "GET", f"/tickets/{number}/assignees")["items"]
    reza_id = next(one["id"] for one in colleagues if one["name"] == REZA)
    boss.does("assign a ticket", "POST", f"/tickets/{number}/assign", {"agent_id": reza_id})
    note = {"body": "پرونده دیده شد.", "visibility": "internal"}
    reza.does("leave a note", "POST", f"/tickets/{number}/messages", note)
    reply = {**ANSWER, "based_on": ticket["last_message_id"]}
    reza.does("answer a ticket", "POST", f"/tickets/{number}/messages", reply)
    reza.does("change a ticket's priority", "PATCH", f"/tickets/{number}", {"priority": "high"})


def read_the_answer(sara: Person, number: str) -> None:
    """The customer reads, and is content."""
    page = sara.does("read a ticket", "GET", f"/tickets/{number}")["messages"]
    sara.does("mark a ticket as read", "POST", f"/tickets/{number}/read", {"up_to": page["items"][0]["id"]})
    sara.does("say that it is solved", "POST", f"/tickets/{number}/resolve")
    sara.does("rate a ticket", "POST", f"/tickets/{number}/rating", {"score": 5, "comment": ""})


def look_around(boss: Person, stage: Stage, customer: dict[str, Any], today: str) -> None:
    """What the staff looks up and keeps besides."""
    boss.does("find a customer by phone", "GET", "/customers", phone=customer["phone"])
    boss.does("read a customer's card", "GET", f"/customers/{customer['id']}")
    wanted = {"title": "سلام", "body": "سلام {customer_name}", "topic": "credit"}
    reply = boss.does("write a canned reply", "POST", "/canned-replies", wanted)
    boss.does("list the canned replies of a topic", "GET", "/canned-replies", topic="credit")
    boss.does("read a canned reply", "GET", f"/canned-replies/{reply['id']}")
    boss.does("subscribe a system to events", "POST", "/webhooks", {"url": "https://crm.example/hook"})
    boss.does("list the subscribers", "GET", "/webhooks")
    boss.does("read the audit trail", "GET", "/audit")
    boss.does("read the report of a day", "GET", "/reports/summary", **{"from": TENTH, "to": TENTH})
    export = boss.does("ask for an export", "POST", "/reports/exports", {"from": today, "to": today})
    (image,) = stage.items("EXPORT#")
    stage.invokes("write an export", "report_exporter", {"Records": [{"dynamodb": {"NewImage": image}}]})
    boss.does("fetch an export", "GET", f"/reports/exports/{export['id']}")
