"""What stands behind the desk table's stream, on moto: the real events of events/, and people who may be told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from helpdesk.aws.code_queue import CodeQueue
from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import Channel, LedgerEntry
from helpdesk.model.people import Customer
from helpdesk.model.queue_body import read_event
from helpdesk.store import customers, deliveries, keys
from helpdesk.store.codec import Item
from helpdesk.store.table import Table
from tests.functional.conftest import Aws
from tests.support.environment import ENVIRONMENT, REGION
from tests.support.http_events import context

EVENTS = Path(__file__).parents[3] / "events"
PHONE = "+989121234567"


def sample(name: str) -> dict[str, Any]:
    """The real event of a function."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event


ANSWERED = read_event(sample("inbox_writer")["Records"][0]["body"])
OPENED = read_event(sample("webhook_sender")["Records"][0]["body"])
SARA = Customer(
    id=ANSWERED.customer_id,
    phone=PHONE,
    name="سارا محمدی",
    language="fa",
    created_at=ANSWERED.at,
    email="sara@example.com",
    email_proven=True,
)


@dataclass
class Backstage:
    """The desk table with Sara in it, and one way to call each function."""

    desk: Table
    aws: Aws
    remaining: timedelta = timedelta(seconds=30)

    def function(self, name: str) -> ModuleType:
        """The module of a function's handler."""
        return import_module(f"{name}.app")

    def invoke(self, name: str, event: Mapping[str, Any] | None = None) -> Any:
        """Call a function with its real event, or another one."""
        asked = context()
        asked.get_remaining_time_in_millis = lambda: int(self.remaining.total_seconds() * 1000)
        return self.function(name).handler(sample(name) if event is None else event, asked)

    def tell(self, name: str, *bodies: str) -> list[str]:
        """Give a sender these bodies as one batch; the answer is the positions of those that come again."""
        return self.tell_again(name, *bodies, times=1)

    def tell_again(self, name: str, *bodies: str, times: int = 2) -> list[str]:
        """The same, as what comes for this time."""
        record = sample(name)["Records"][0]
        record["attributes"]["ApproximateReceiveCount"] = str(times)
        batch = {"Records": [record | {"messageId": str(n), "body": body} for n, body in enumerate(bodies)]}
        answer = self.invoke(name, batch)
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def row(self, channel: Channel, recipient: str = SARA.id, event_id: str = ANSWERED.id) -> LedgerEntry:
        """The ledger's row, which must be there."""
        entry = deliveries.find(self.desk, event_id, channel, recipient)
        assert entry
        return entry

    def parked(self) -> list[Item]:
        """What waits for an operator."""
        return self.desk.query("gsi5pk = :parked", {":parked": keys.parked()}, index="gsi5", limit=100)[0]

    def change_sara(self, **changes: Any) -> None:
        """Another profile in the place of Sara's."""
        key = keys.customer(SARA.id)
        self.desk.commit([self.desk.delete(key)])
        self.desk.commit([customers.creation(self.desk, replace(SARA, **changes))])


def code_body(**changes: Any) -> str:
    """The body that customer_accounts puts into a queue."""
    bodies: list[str] = []

    class Queue:
        def send_message(self, **request: str) -> None:
            bodies.append(request["MessageBody"])

    message = CodeMessage(
        id="01KB8R5A2C4E6G8J0M2P4R6T8V",
        to=PHONE,
        code="482193",
        purpose=Purpose.REGISTRATION,
        expires_at=datetime.now(UTC) + timedelta(minutes=5),
        deliver=True,
        language="fa",
    )
    CodeQueue(Queue(), dict.fromkeys(Channel, "url")).send(replace(message, **changes))
    return bodies[0]


@pytest.fixture
def backstage(aws: Aws) -> Backstage:
    """The desk with one customer."""
    desk = aws.table("desk")
    desk.commit([customers.creation(desk, SARA)])
    return Backstage(desk, aws)


type Log = Callable[[str], StringIO]


@pytest.fixture
def log_of(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Log:
    """What a function logs from now on."""

    def capture(name: str) -> StringIO:
        log = StringIO()
        monkeypatch.setattr(backstage.function(name).logger.registered_handler, "stream", log)
        return log

    return capture


@dataclass
class Provider:
    """A provider that remembers what it was asked for; each error of `failures` is raised once, in turn."""

    sent: list[Any] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    is_repeatable: bool = False

    def send(self, message: Any) -> str:
        """Take a message, or fail."""
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)
        return f"provider-{len(self.sent)}"


@pytest.fixture
def phones(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The SMS provider of sms_sender."""
    provider = Provider()
    monkeypatch.setattr(backstage.function("sms_sender"), "provider", provider)
    return provider


@pytest.fixture
def mailboxes(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Provider:
    """The e-mail provider of email_sender."""
    provider = Provider()
    monkeypatch.setattr(backstage.function("email_sender"), "provider", provider)
    return provider


type Received = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def received(aws: Aws) -> Received:
    """The topic and a queue that hears all of it: each call empties the queue."""
    aws.sns.create_topic(Name="desk-events")
    url = aws.sqs.create_queue(QueueName="all")["QueueUrl"]
    aws.sns.subscribe(
        TopicArn=ENVIRONMENT["EVENTS_TOPIC_ARN"],
        Protocol="sqs",
        Endpoint=f"arn:aws:sqs:{REGION}:123456789012:all",
        Attributes={"RawMessageDelivery": "true"},
    )
    asked = {"QueueUrl": url, "MaxNumberOfMessages": 10, "MessageAttributeNames": ["All"]}

    def receive() -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = []
        while batch := aws.sqs.receive_message(**asked).get("Messages"):
            messages += batch
        return messages

    return receive
