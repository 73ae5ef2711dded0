"""The desk under test: a local stack whose functions reach AWS through the faulty proxy, and how to look into it."""

import json
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from helpdesk.model.delivery import UNDER_WAY, Channel, LedgerEntry
from helpdesk.store import deliveries
from helpdesk.store.codec import Item
from helpdesk.store.table import Table
from local.cloud import Cloud
from local.emulator import REGION, free_port
from local.stack import LocalStack
from tests.faults.call import Call, Reply
from tests.faults.proxy import Proxy
from tests.faults.sms_gateway import SmsGateway

SENDERS = {
    Channel.SMS: "sms_sender",
    Channel.EMAIL: "email_sender",
    Channel.INBOX: "inbox_writer",
    Channel.WEBHOOK: "webhook_sender",
    Channel.REPORTS: "report_counter",
}
HURRY = {Channel.SMS: 12, Channel.EMAIL: 12, Channel.WEBHOOK: 12, Channel.INBOX: 6, Channel.REPORTS: 6}
"""Seconds that senders may run here. What fails comes again a little after that, instead of after minutes."""

SPARE = 5
"""Longer than a function takes to start, so that a broken delivery is over when it comes again."""

FROM = "desk@poshtiban.example"
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")


@dataclass
class Desk:
    """A context manager; leaving it stops everything."""

    stack: LocalStack
    proxy: Proxy
    gateway: SmsGateway
    mailboxes: "Mailboxes"
    opened: ExitStack

    @classmethod
    def start(cls, state_dir: Path) -> Self:
        port = free_port()
        with ExitStack() as opened:
            mailboxes = Mailboxes()
            proxy = opened.enter_context(Proxy(port, {"ses": mailboxes}))
            gateway = opened.enter_context(SmsGateway())
            stack = LocalStack.start(port, state_dir, choose=lambda cloud: _parameters(cloud, proxy, gateway))
            opened.enter_context(stack)
            desk = cls(stack, proxy, gateway, mailboxes, opened.pop_all())
        desk._hurry()
        return desk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened.close()

    def _hurry(self) -> None:
        for channel, seconds in HURRY.items():
            name = self.functions[SENDERS[channel]]["FunctionName"]
            self.stack.cloud.functions.update_function_configuration(FunctionName=name, Timeout=seconds)
            self.stack.cloud.sqs.set_queue_attributes(
                QueueUrl=self.queue(channel), Attributes={"VisibilityTimeout": str(seconds + SPARE)}
            )
        self.proxy.callers = {_access_key(it): name for name, it in self.functions.items()}

    @cached_property
    def functions(self) -> dict[str, Any]:
        """The deployed functions, by the names of their folders."""
        found = self.stack.cloud.functions.list_functions(MaxItems=50)["Functions"]
        return {it["Handler"].partition(".")[0]: it for it in found}

    def queue(self, channel: Channel, *, dead: bool = False) -> str:
        """A channel's queue, or its dead letters."""
        return self.stack.outputs[f"{channel.title()}{'DeadLetters' if dead else 'Queue'}Url"]

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:
        """Run a function with this event, and give what it answers; its own error fails the test."""
        name = self.functions[function]["FunctionName"]
        answer: Any = self.stack.cloud.functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
        said = json.loads(answer["Payload"].read() or b"null")
        assert "FunctionError" not in answer, said
        return said

    # what stands there

    def table(self, name: str = "desk") -> Table:
        """A table, past the proxy."""
        return Table(self.stack.cloud.dynamodb, self.stack.outputs[f"{name.title()}Table"])

    def items(self, name: str = "desk") -> list[Item]:
        """All that stands in a table; tests may scan, the product may not."""
        client: Any = self.stack.cloud.dynamodb
        pages = client.get_paginator("scan").paginate(TableName=self.table(name).name)
        return [item for page in pages for item in page["Items"]]

    def events(self, number: str) -> list[Item]:
        """A ticket's events, oldest first."""
        values = {":ticket": f"TICKET#{number}", ":events": "EVENT#"}
        return list(self.table().query_whole("pk = :ticket AND begins_with(sk, :events)", values))

    def rows(self, event_id: str, channel: Channel) -> list[LedgerEntry]:
        """The ledger's rows of one event and channel."""
        return deliveries.list_of_channel(self.table(), event_id, channel)

    def waiting(self, channel: Channel, *, dead: bool = False) -> int:
        """How many messages stand in a queue, in hand and delayed ones too."""
        url = self.queue(channel, dead=dead)
        counts: Any = self.stack.cloud.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        return sum(int(counts["Attributes"].get(name, 0)) for name in WAITING)

    def unrest(self) -> dict[str, int]:
        """What is not at rest: unrelayed events, messages in queues, ledger rows under way."""
        items = self.items()
        found = {f"{channel} queue": self.waiting(channel) for channel in Channel}
        found["outbox"] = sum("OUTBOX#" in item.get("gsi5pk", {}).get("S", "") for item in items)
        ledger = [item for item in items if item["pk"]["S"].startswith("DELIVERY#")]
        found["ledger"] = sum(item["state"]["S"] in UNDER_WAY for item in ledger)
        return {name: number for name, number in found.items() if number}

    def dead_letters(self) -> dict[str, int]:
        """How many stand where nobody takes them by himself, by channel."""
        found = {channel.value: self.waiting(channel, dead=True) for channel in Channel}
        return {channel: number for channel, number in found.items() if number}

    @property
    def stack_environment(self) -> dict[str, str]:
        """What an operator's command needs to reach the emulator."""
        return {
            "AWS_ENDPOINT_URL": self.stack.aws_endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
        }

    def come_to_rest(self, seconds: float) -> None:
        """Wait until nothing is under way any more."""
        deadline = time.monotonic() + seconds
        while unrest := self.unrest():
            assert time.monotonic() < deadline, f"after {seconds:.0f} s there is still {unrest}"
            time.sleep(0.5)


@dataclass
class Mailboxes:
    """SES, which takes every e-mail; the emulator's refuses all, not knowing ses:FromAddress, which our role names.

    Args:
        taken: addresses, oldest first.
    """

    taken: list[str] = field(default_factory=list)

    def __call__(self, call: Call) -> Reply:
        self.taken += call.document["Destination"]["ToAddresses"]
        return Reply(200, (("Content-Type", "application/json"),), b'{"MessageId": "by-the-proxy"}')


def _parameters(cloud: Cloud, proxy: Proxy, gateway: SmsGateway) -> dict[str, str]:
    """Functions call AWS through the proxy and have providers that may fail."""
    key = cloud.secrets.create_secret(Name="sms-key", SecretString="key-of-the-gateway")
    return {
        "AwsEndpointUrl": proxy.url,
        "SmsProvider": "http",
        "SmsHttpUrl": gateway.url,
        "SmsHttpSecretArn": key["ARN"],
        "EmailProvider": "ses",
        "EmailSender": FROM,
    }


def _access_key(function: Mapping[str, str]) -> str:
    """The emulator derives a function's credentials from its name and role, so each function's calls carry its own."""
    return "ASIA" + sha256(f"{function['FunctionArn']}:{function['Role']}".encode()).hexdigest()[:16].upper()
