"""What functions do that nobody waits for: each event, batch or minute once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from benchmarks.use_cases.stage import Person, Stage
from benchmarks.use_cases.tickets import TICKET
from helpdesk.aws import clients
from helpdesk.aws.amazon import SesEmail, SnsSms
from helpdesk.edge.clock import present
from helpdesk.model.event import EventType
from helpdesk.model.queue_body import event_body
from helpdesk.store import events

SENDER = "desk@desk.example"
_NONE = {"S": ""}


def idle_minute(stage: Stage) -> None:
    """The schedules, when there is nothing to do."""
    stage.invokes("sweep, nothing left lying", "outbox_sweeper", {})
    stage.invokes("watch the clocks, none ran out", "sla_watcher", {})


def tell(stage: Stage) -> None:
    """Relay every event, then let each sender take the ones it tells of."""
    for image in stage.items("EVENT#"):
        record = {"dynamodb": {"Keys": {key: image[key] for key in ("pk", "sk")}, "NewImage": image}}
        stage.invokes("relay an event", "event_relay", {"Records": [record]})
    _have_email(stage)
    stage.ses.create_email_identity(EmailIdentity=SENDER)
    with providers(stage):
        _send(stage, "send an SMS", "sms_sender", EventType.TICKET_ANSWERED)
        _send(stage, "send an e-mail to a customer", "email_sender", EventType.TICKET_ANSWERED)
        _send(stage, "send an e-mail to an agent", "email_sender", EventType.TICKET_ASSIGNED)
        _send(stage, "write a notification", "inbox_writer", EventType.TICKET_ANSWERED)
        _send(stage, "call a subscriber", "webhook_sender", EventType.TICKET_OPENED)
        _send(stage, "count an opened ticket", "report_counter", EventType.TICKET_OPENED)
        _send(stage, "count an answer", "report_counter", EventType.TICKET_ANSWERED)


def read_notifications(sara: Person) -> None:
    """The customer looks at the inbox."""
    newest = sara.does("list my notifications", "GET", "/notifications")["items"][0]["id"]
    sara.does("mark all notifications as read", "POST", "/notifications/read", {"up_to": newest})


def busy_minute(sara: Person) -> None:
    """A ticket whose answer is late, and whose event nobody relayed."""
    stage = sara.stage
    sara.does("open a ticket", "POST", "/tickets", {**TICKET, "priority": "urgent"})
    with _later(stage, "outbox_sweeper", present() + timedelta(minutes=2)):
        stage.invokes("sweep, one event left lying", "outbox_sweeper", {})
    clocks = [
        item["gsi5sk"]["S"] for item in stage.items("TICKET#") if item.get("gsi5pk", _NONE)["S"].startswith("CLOCK")
    ]
    due = datetime.fromisoformat(min(clocks).partition("#")[0])
    with _later(stage, "sla_watcher", due + timedelta(milliseconds=1)):
        stage.invokes("watch the clocks, one ran out", "sla_watcher", {})


def _send(stage: Stage, name: str, function: str, kind: EventType) -> None:
    told = next(image for image in stage.items("EVENT#") if image["type"]["S"] == kind)
    body = event_body(events.from_image(told))
    record = {"messageId": "1", "receiptHandle": "handle", "body": body, "attributes": {"ApproximateReceiveCount": "1"}}
    stage.invokes(name, function, {"Records": [record]})


def _have_email(stage: Stage) -> None:
    """The customer has proven an address and is told there too."""
    (profile,) = stage.items("PROFILE")
    values = {":address": {"S": "sara@example.com"}, ":yes": {"BOOL": True}}
    key = {name: profile[name] for name in ("pk", "sk")}
    stage.dynamodb.update_item(
        TableName="desk",
        Key=key,
        UpdateExpression="SET email = :address, email_proven = :yes",
        ExpressionAttributeValues=values,
    )


@contextmanager
def providers(stage: Stage) -> Iterator[None]:
    """AWS's own for SMS and e-mail, and a subscriber that takes each call."""
    hook = stage.function("webhook_sender")
    board = replace(hook.board, client=SimpleNamespace(post=lambda _: "204"))
    with (
        patch.object(stage.function("sms_sender"), "provider", SnsSms(clients.sns_for_sms(), "")),
        patch.object(stage.function("email_sender"), "provider", SesEmail(clients.ses(), SENDER)),
        patch.object(hook, "board", board),
    ):
        yield


def _later(stage: Stage, function: str, now: datetime) -> Any:
    return patch.object(stage.function(function), "present", lambda: now)
