"""One ticket from its opening to its end, with everything that its events set off.

A customer opens it with a picture and writes twice, an agent answers twice, the second time as solved; they read ten
times between them. Whatever hears of an event by the template's subscriptions takes it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any
from unittest.mock import patch

from benchmarks.scene import REZA, REZAS_SESSION, SARA, SARAS_SESSION
from benchmarks.use_cases.stage import Person, Stage
from benchmarks.use_cases.tickets import ANSWER, QUESTION, TICKET, upload
from helpdesk.model.event import Event
from helpdesk.model.people import Kind
from helpdesk.model.queue_body import event_body
from helpdesk.model.tokens import token_id
from helpdesk.store import customers, events, sessions, staff
from helpdesk.store.codec import Item
from tests.support.environment import ENVIRONMENT
from tests.support.template import load_template

SENDERS = {
    "Sms": "sms_sender",
    "Email": "email_sender",
    "Inbox": "inbox_writer",
    "Webhook": "webhook_sender",
    "Reports": "report_counter",
}
"""Who takes what a subscription of the template lets through."""
WEEK = timedelta(days=7)


def customer_at(stage: Stage, account_id: str, phone: str) -> Person:
    """A customer who is signed in."""
    desk, table = stage.table("desk"), stage.table("sessions")
    desk.apply(customers.creation(desk, replace(SARA, id=account_id, phone=phone)))
    session = replace(SARAS_SESSION, id=token_id(account_id), account_id=account_id)
    table.apply(sessions.creation(table, session))
    return Person(stage, Kind.CUSTOMER, account_id)


def agent_at(stage: Stage, account_id: str) -> Person:
    """One of the staff, signed in."""
    desk, table = stage.table("desk"), stage.table("sessions")
    desk.apply(staff.creation(desk, replace(REZA, id=account_id, email=f"{account_id}@desk.example")))
    session = replace(REZAS_SESSION, id=token_id(account_id), account_id=account_id)
    table.apply(sessions.creation(table, session))
    return Person(stage, Kind.AGENT, account_id)


def live(customer: Person, agent: Person, topic: str) -> str:
    """Open, talk and solve; the number of the ticket."""
    attachment = upload(customer)
    customer.does("see how a picture's check goes", "GET", f"/attachments/{attachment}")
    wanted = {**TICKET, "topic": topic, "attachments": [attachment]}
    number: str = customer.does("open a ticket with a picture", "POST", "/tickets", wanted)["number"]
    customer.does("list my tickets", "GET", "/tickets")
    _ask(customer, number)
    _answer(agent, number, topic)
    customer.does("list my tickets", "GET", "/tickets")
    _ask(customer, number)
    _answer(agent, number, topic, resolve=True)
    customer.does("read a ticket", "GET", f"/tickets/{number}")
    return number


def _ask(customer: Person, number: str) -> None:
    customer.does("read a ticket", "GET", f"/tickets/{number}")
    customer.does("add a message", "POST", f"/tickets/{number}/messages", QUESTION)


def _answer(agent: Person, number: str, topic: str, **how: bool) -> None:
    agent.does("read the queue of a topic", "GET", "/queue", topic=topic)
    ticket = agent.does("read a ticket at the desk", "GET", f"/tickets/{number}")
    reply = {**ANSWER, "based_on": ticket["last_message_id"], **how}
    agent.does("answer a ticket", "POST", f"/tickets/{number}/messages", reply)


def close(stage: Stage, solved: datetime) -> None:
    """A week later: the customers are told a day before, and the tickets close by themselves."""
    for now in (solved + WEEK - timedelta(days=1), solved + WEEK):
        with patch.object(stage.function("sla_watcher"), "present", lambda now=now: now + timedelta(minutes=1)):
            stage.invokes("watch the clocks, one ran out", "sla_watcher", {})


def tell_all(stage: Stage) -> None:
    """Relay every event that was not, and let everyone take it who subscribed to its like."""
    desk, shards = stage.table("desk"), range(int(ENVIRONMENT["QUEUE_SHARDS"]))
    by_then = datetime.now(UTC) + 2 * WEEK
    for image in chain.from_iterable(events.list_unrelayed(desk, shard, by_then, limit=100) for shard in shards):
        record = {"dynamodb": {"Keys": {key: image[key] for key in ("pk", "sk")}, "NewImage": image}}
        stage.invokes("relay an event", "event_relay", {"Records": [record]})
        _tell(stage, image)


def _tell(stage: Stage, image: Item) -> None:
    event = events.from_image(image)
    for n, (channel, function) in enumerate(_hearing(event)):
        record = {
            "messageId": str(n),
            "receiptHandle": "handle",
            "body": event_body(event),
            "attributes": {"ApproximateReceiveCount": "1"},
        }
        stage.invokes(f"{channel}: {event.type}", function, {"Records": [record]})


def _hearing(event: Event) -> Iterator[tuple[str, str]]:
    told = {"audience": event.audience, "event_type": event.type}
    for channel, function in SENDERS.items():
        policy: Mapping[str, Any] = load_template()["Resources"][f"{channel}Subscription"]["Properties"].get(
            "FilterPolicy", {}
        )
        if all(told[name] in allowed for name, allowed in policy.items()):
            yield channel, function
