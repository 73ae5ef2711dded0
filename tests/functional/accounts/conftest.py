"""Accounts on moto: a clock that can be set, codes as the SMS sender gets them, and a hasher that costs little."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher

from helpdesk.actions.seed_people import create_customer, create_staff
from helpdesk.aws import clients
from helpdesk.model import passwords
from helpdesk.model.people import Customer, Kind, Role, StaffMember
from helpdesk.model.vault import Vault
from tests.functional.conftest import Answer, Aws, Client
from tests.support.counting import Call, counting
from tests.support.environment import ENVIRONMENT
from tests.support.http_events import context, internal_event, public_event

PHONE = "+989121234567"
PASSWORD = "a-long-enough-secret"
EMAIL = "reza@desk.example"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BEARER = {"transport": "bearer"}
OUR_PAGE = {"sec-fetch-site": "same-origin"}


@dataclass
class Clock:
    """The present, as the gateway sees it."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0, second=0))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **units: float) -> None:
        """Let time pass."""
        self.now += timedelta(**units)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that stands until it is set."""
    made = Clock()
    monkeypatch.setattr("helpdesk.edge.gateway._now", made)
    return made


@pytest.fixture(autouse=True)
def _cheap_hasher(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real one takes 64 MiB and a tenth of a second; tests/unit/test_passwords.py looks at it."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(passwords, "NOBODYS_HASH", hasher.hash("nobody's"))


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the password hasher was asked to do."""
    seen: list[str] = []
    for name in ("hash", "verify"):
        real = getattr(PasswordHasher, name)

        def noted(*arguments: Any, _name: str = name, _real: Any = real, **named: Any) -> Any:
            seen.append(_name)
            return _real(*arguments, **named)

        monkeypatch.setattr(PasswordHasher, name, noted)
    return seen


@dataclass
class CodeQueue:
    """What customer_accounts hands over to a sender."""

    sqs: Any
    url: str

    def take(self) -> list[dict[str, Any]]:
        """The messages since the last time, oldest first."""
        taken = []
        while received := self.sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            for message in received:
                taken.append(json.loads(message["Body"]))
                self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return sorted(taken, key=lambda message: str(message["id"]))

    def code(self) -> str:
        """The code of the newest message."""
        return str(self.take()[-1]["code"])


@pytest.fixture
def sms(aws: Aws) -> CodeQueue:
    """The sms queue."""
    return CodeQueue(aws.sqs, aws.sqs.create_queue(QueueName="sms")["QueueUrl"])


@pytest.fixture
def mail(aws: Aws) -> CodeQueue:
    """The email queue."""
    return CodeQueue(aws.sqs, aws.sqs.create_queue(QueueName="email")["QueueUrl"])


@pytest.fixture
def panel(aws: Aws, sms: CodeQueue, mail: CodeQueue, clock: Clock) -> Client:
    """A program at the public API that has not signed in; `clock` stands from here on."""
    return Client(import_module("customer_accounts.app").handler, Kind.CUSTOMER)


@pytest.fixture
def console(aws: Aws, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A program at the internal API that has not signed in, and an operator; `clock` stands from here on."""
    handler = import_module("agent_accounts.app").handler
    monkeypatch.setattr("agent_accounts.first_admin._now", clock)
    return Client(handler, Kind.AGENT)


@pytest.fixture
def sara(aws: Aws, clock: Clock) -> Customer:
    """A customer with PHONE and PASSWORD."""
    return create_customer(aws.table("accounts"), aws.table("desk"), "سارا", PHONE, PASSWORD, clock.now)


@pytest.fixture
def reza(aws: Aws, clock: Clock) -> StaffMember:
    """An agent with EMAIL, PASSWORD and TOTP_SECRET."""
    return staff_member(aws, clock, EMAIL, Role.AGENT)


def staff_member(aws: Aws, clock: Clock, email: str, role: Role) -> StaffMember:
    """A member of staff with PASSWORD and TOTP_SECRET."""
    vault = Vault((ENVIRONMENT["TOTP_KEY"], ""))
    people = (email, "رضا", PASSWORD, role, ("credit",), TOTP_SECRET)
    return create_staff(aws.table("accounts"), aws.table("desk"), vault, *people, clock.now)


def signed_in(client: Client, answer: Answer) -> Client:
    """The client with the token of this answer."""
    assert answer.status == 201, answer.body
    return replace(client, token=answer.body["token"])


def sign_in(client: Client, phone: str = PHONE, password: str = PASSWORD) -> Client:
    """The client with a session of its own."""
    return signed_in(client, client("POST", "/sessions", {"phone": phone, "password": password, **BEARER}))


def staff_session(console: Client, clock: Clock, email: str = EMAIL, password: str = PASSWORD) -> Client:
    """The client with a session of a member of staff, by password and second factor."""
    challenge = console("POST", "/sessions", {"email": email, "password": password}).body
    body = {"challenge_id": challenge["challenge_id"], "code": pyotp.TOTP(TOTP_SECRET).at(clock.now), **BEARER}
    return signed_in(console, console("POST", "/sessions/confirm", body))


def raw_answer(client: Client, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]:
    """What the handler gives API Gateway, cookies and all."""
    build = public_event if client.kind == Kind.CUSTOMER else internal_event
    sent = {"content-type": "application/json", **headers}
    answer: dict[str, Any] = client.handler(build(method, path, sent, {}, json.dumps(body)), context())
    return answer


@pytest.fixture
def requests(panel: Client, console: Client) -> Iterator[list[Call]]:
    """The requests that DynamoDB gets from the functions."""
    with counting(clients.dynamodb()) as calls:
        yield calls
