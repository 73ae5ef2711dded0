"""Senders that are killed, told twice, told nonsense, or have a provider that misbehaves."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any
from uuid import uuid4

import pytest

from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.people import Role
from tests.e2e.people import wait_for
from tests.faults import people, sms_gateway
from tests.faults.call import Call, Reply, asks
from tests.faults.desk import SENDERS, Desk
from tests.faults.fault import (
    Fault,
    Forward,
    duplicate,
    failed,
    failed_after,
    far_too_late,
    lost_answer,
    rejected,
    reset,
    throttled,
)
from tests.faults.people import Someone
from tests.faults.workers import kill

TOLD = (Channel.SMS, Channel.EMAIL, Channel.INBOX, Channel.REPORTS)
RECORDING = {
    Channel.SMS: ":until",
    Channel.EMAIL: ":until",
    Channel.INBOX: "NOTIFICATION#",
    Channel.WEBHOOK: ":until",
    Channel.REPORTS: "REPORT#",
}
"""What stands in the write by which a sender records that it has done its work."""


def answer(reza: Someone, number: str) -> str:
    """An agent's answer; gives the id of its event."""
    seen = reza.web.get(f"/tickets/{number}")["last_message_id"]
    reza.web.post(f"/tickets/{number}/messages", {"body": "بررسی شد.", "based_on": seen}, str(uuid4()))
    return str(reza.web.get(f"/tickets/{number}/history")["items"][0]["id"])


def killing(desk: Desk, *, done: bool) -> Fault:
    """The caller is killed with this call under way: after it was done, or before."""

    def killed(call: Call, forward: Forward) -> Reply | None:
        if done:
            forward()
        assert kill(desk.stack, call.caller)
        return None

    return killed


@pytest.fixture
def subscriber(desk: Desk) -> Iterator[str]:
    """Somebody who subscribed to answers, under a name that leads to this machine: his call is refused for good."""
    boss = people.agent(desk, "مدیر", Role.ADMIN).web
    made = boss.post("/webhooks", {"url": "https://2130706433/hook", "event_types": ["ticket_answered"]})
    yield made["id"]
    desk.come_to_rest(60)
    assert boss.call("DELETE", f"/webhooks/{made['id']}").is_success


@pytest.mark.parametrize(
    ("done", "told", "refused"),
    [
        (False, DeliveryState.UNKNOWN, DeliveryState.UNKNOWN),
        (True, DeliveryState.SENT, DeliveryState.FAILED),
    ],
    ids=["unrecorded", "recorded"],
)
def test_senders_killed_while_they_record_tell_nobody_twice(
    desk: Desk,
    sara: Someone,
    reza: Someone,
    subscriber: str,
    *,
    done: bool,
    told: DeliveryState,
    refused: DeliveryState,
) -> None:
    """The subscriber is paused by the call that is refused, so that it is not repeated when its sender broke off."""
    number, fault = sara.web.open_ticket()["number"], killing(desk, done=done)

    with ExitStack() as rules:
        for channel, text in RECORDING.items():
            matches = asks("dynamodb", "TransactWriteItems", of=SENDERS[channel], holding=text)
            rules.enter_context(desk.proxy.rule(matches, fault, times=1))
        event_id = answer(reza, number)
        desk.come_to_rest(90)

    states = {channel: [row.state for row in desk.rows(event_id, channel)] for channel in Channel}
    assert states == {
        Channel.SMS: [told],
        Channel.EMAIL: [told],
        Channel.INBOX: [DeliveryState.SENT],
        Channel.WEBHOOK: [refused],
        Channel.REPORTS: [DeliveryState.SENT],
    }
    assert len(desk.gateway.to(sara.phone)) == 1
    inbox = sara.web.get("/notifications")
    assert (inbox["unread"], len(inbox["items"])) == (1, 1)
    assert desk.rows(event_id, Channel.WEBHOOK)[0].recipient == subscriber


SENT, UNKNOWN, FAILED = DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.FAILED

# What becomes of a message, and how often the provider took it.
GATEWAY: dict[sms_gateway.Behaviour, tuple[DeliveryState, int]] = {
    sms_gateway.good: (SENT, 1),
    sms_gateway.times_out: (UNKNOWN, 1),
    sms_gateway.fails: (UNKNOWN, 1),
    sms_gateway.talks_nonsense: (UNKNOWN, 1),
    sms_gateway.hangs_up: (UNKNOWN, 1),
    sms_gateway.refuses_in_the_body: (FAILED, 1),
    sms_gateway.is_out_of_credit: (SENT, 2),
    sms_gateway.is_in_trouble: (SENT, 2),
}
SES: dict[Fault, tuple[DeliveryState, int]] = {
    duplicate: (SENT, 2),  # behind our back
    far_too_late: (UNKNOWN, 1),
    failed: (UNKNOWN, 0),
    failed_after: (UNKNOWN, 1),
    lost_answer: (UNKNOWN, 1),
    reset: (UNKNOWN, 0),
    rejected: (FAILED, 0),
    throttled: (SENT, 1),
}


def test_providers_that_misbehave_are_asked_again_only_if_they_surely_sent_nothing(desk: Desk, reza: Someone) -> None:
    """The gateway and SES at once, each answer to another customer with a fault of his own."""
    customers = [people.customer(desk) for _ in GATEWAY]
    numbers = [str(customer.web.open_ticket()["number"]) for customer in customers]

    with ExitStack() as misbehaving:
        orders = dict(zip([it.phone for it in customers], GATEWAY, strict=True))
        misbehaving.enter_context(desk.gateway.behaving(orders))
        for customer, fault in zip(customers, SES, strict=True):
            matches = asks("ses", of="email_sender", holding=customer.email)
            misbehaving.enter_context(desk.proxy.rule(matches, fault, times=1))
        event_ids = [answer(reza, number) for number in numbers]
        desk.come_to_rest(90)

    by_sms, by_email = {}, {}
    for behaviour, fault, customer, event_id in zip(GATEWAY, SES, customers, event_ids, strict=True):
        by_sms[behaviour] = (state(desk, event_id, Channel.SMS), len(desk.gateway.to(customer.phone)))
        by_email[fault] = (state(desk, event_id, Channel.EMAIL), desk.mailboxes.taken.count(customer.email))
    assert by_sms == GATEWAY
    assert by_email == SES


def state(desk: Desk, event_id: str, channel: Channel) -> DeliveryState:
    """Of the one row that there is."""
    (row,) = desk.rows(event_id, channel)
    return row.state


@contextmanager
def held_back(desk: Desk) -> Iterator[None]:
    """Nobody takes from the queues meanwhile."""
    functions: Any = desk.stack.cloud.functions
    names = {desk.functions[SENDERS[channel]]["FunctionName"] for channel in TOLD}
    listed = [functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"] for name in names]
    mappings = [mapping["UUID"] for found in listed for mapping in found]
    for mapping in mappings:
        functions.update_event_source_mapping(UUID=mapping, Enabled=False)
    try:
        yield
    finally:
        for mapping in mappings:
            functions.update_event_source_mapping(UUID=mapping, Enabled=True)


def batch(desk: Desk, channel: Channel, *bodies: str) -> dict[str, Any]:
    """What SQS gives a sender."""
    arn = f"arn:aws:sqs:eu-central-1:000000000000:{desk.queue(channel).rpartition('/')[2]}"
    shared = {"eventSource": "aws:sqs", "eventSourceARN": arn, "awsRegion": "eu-central-1", "attributes": {}}
    return {"Records": [{**shared, "messageId": str(uuid4()), "receiptHandle": "-", "body": body} for body in bodies]}


def test_a_message_that_comes_many_times_at_once_is_told_once(desk: Desk, sara: Someone, reza: Someone) -> None:
    number = sara.web.open_ticket()["number"]
    desk.come_to_rest(30)
    before = counted(desk)
    sqs: Any = desk.stack.cloud.sqs

    with held_back(desk):
        event_id = answer(reza, number)
        wait_for(lambda: all(desk.waiting(channel) for channel in TOLD), "the answer in every queue")
        bodies = {channel: sqs.receive_message(QueueUrl=desk.queue(channel))["Messages"][0]["Body"] for channel in TOLD}
        tellings = [(SENDERS[channel], batch(desk, channel, body, body)) for channel, body in bodies.items()] * 3
        with ThreadPoolExecutor(len(tellings)) as pool:
            list(pool.map(lambda telling: desk.invoke(*telling), tellings))

    desk.come_to_rest(60)  # the originals come a last time
    states = [[row.state for row in desk.rows(event_id, channel)] for channel in TOLD]
    assert states == [[DeliveryState.SENT]] * len(TOLD)
    assert len(desk.gateway.to(sara.phone)) == 1
    assert (sara.web.get("/notifications")["unread"], counted(desk) - before) == (1, 1)


def counted(desk: Desk) -> int:
    """Answers in the reports."""
    cells = [item for item in desk.items() if item["pk"]["S"].startswith("REPORT#20")]
    return sum(int(item.get("answered", {}).get("N", 0)) for item in cells)


def test_a_body_that_nobody_can_read_ends_among_the_dead_letters_and_holds_up_nothing(
    desk: Desk, sara: Someone, reza: Someone
) -> None:
    sqs: Any = desk.stack.cloud.sqs
    url, number = desk.queue(Channel.SMS), sara.web.open_ticket()["number"]
    usual = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "1"})  # five tries need no minute

    for poison in ("{", json.dumps({"kind": "event"}), "سلام"):
        sqs.send_message(QueueUrl=url, MessageBody=poison)
    event_id = answer(reza, number)
    wait_for(lambda: desk.waiting(Channel.SMS, dead=True) == 3, "three dead letters")
    desk.come_to_rest(30)

    sqs.set_queue_attributes(QueueUrl=url, Attributes=usual)
    assert [row.state for row in desk.rows(event_id, Channel.SMS)] == [DeliveryState.SENT]
    sqs.purge_queue(QueueUrl=desk.queue(Channel.SMS, dead=True))
