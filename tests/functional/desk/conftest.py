"""People and tickets of the desk's tests, over HTTP."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from helpdesk.model.attachment import UNLINKED_LIFETIME, Attachment, AttachmentState
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Customer, Role, StaffMember
from helpdesk.store import attachments, customers, sessions, staff
from tests.functional.conftest import Answer, Aws, Client, SignIn

TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": "قسط دوم من ثبت نشده است."}
PHONE = "+989121234567"
TOPICS = ("credit", "documents", "cheque_return", "other")


def opened(client: Client, **changes: str) -> str:
    """The number of a new ticket."""
    answer = client("POST", "/tickets", {**TICKET, **changes}, key=str(datetime.now(UTC).timestamp()))
    assert answer.status == 201, answer.body
    return str(answer.body["number"])


def answered(client: Client, number: str, body: str = "بررسی شد.", **more: object) -> Answer:
    """An answer to the customer, based on what stands there."""
    seen = client("GET", f"/tickets/{number}").body["last_message_id"]
    key = str(datetime.now(UTC).timestamp())
    return client("POST", f"/tickets/{number}/messages", {"body": body, "based_on": seen, **more}, key=key)


type Employ = Callable[..., Client]


@pytest.fixture
def employ(aws: Aws, agent: SignIn) -> Employ:
    """Sign a member of staff in who also stands in the directory: `employ("رضا", Role.AGENT, ("credit",))`."""

    def join(
        name: str = "رضا", role: Role = Role.AGENT, topics: tuple[str, ...] = TOPICS, *, enabled: bool = True
    ) -> Client:
        client = agent(name, role, topics)
        assert client.session
        member = StaffMember(
            client.session.account_id, "a@desk.example", name, role, topics, enabled, datetime.now(UTC)
        )
        aws.table("desk").apply(staff.creation(aws.table("desk"), member))
        return client

    return join


@pytest.fixture
def boss(agent: SignIn) -> Client:
    """A supervisor."""
    return agent("مدیر", Role.SUPERVISOR, ())


@pytest.fixture
def sara(aws: Aws, customer: SignIn) -> Client:
    """A customer with a profile."""
    client = customer("سارا محمدی")
    assert client.session
    profile = Customer(client.session.account_id, PHONE, client.session.name, "fa", datetime.now(UTC))
    desk = aws.table("desk")
    desk.commit([customers.creation(desk, profile), customers.phone_entry(desk, profile)])
    return client


type CleanFile = Callable[..., str]


@pytest.fixture
def clean_file(aws: Aws) -> CleanFile:
    """The id of a file of this person's that was checked and is clean: `clean_file(reza)`."""

    def made(owner: Client, filename: str = "a.png") -> str:
        now = datetime.now(UTC)
        file = Attachment(
            new_id(now), id_of(owner), filename, "image/png", 9, AttachmentState.CLEAN, now, 0, now + UNLINKED_LIFETIME
        )
        aws.table("desk").apply(attachments.creation(aws.table("desk"), file))
        return file.id

    return made


def id_of(client: Client) -> str:
    """The account behind a client."""
    assert client.session
    return client.session.account_id


def today() -> str:
    """The local day."""
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Tehran")).date().isoformat()


def as_account(aws: Aws, client: Client, account_id: str) -> Client:
    """The client with the session of this account."""
    assert client.session
    session, table = replace(client.session, account_id=account_id), aws.table("sessions")
    table.commit([sessions.end(table, session.id)])
    table.apply(sessions.creation(table, session))
    return replace(client, session=session)
