"""Handlers on moto: tables from template.yaml, settings as the template gives them, people with sessions."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import boto3
import pytest
from moto import mock_aws

from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind, Role, Session
from helpdesk.model.session_rules import ABSOLUTE
from helpdesk.model.tokens import token_id
from helpdesk.store import sessions
from helpdesk.store.table import Table
from tests.support.api import Answer, Client
from tests.support.environment import REGION
from tests.support.template import TABLES, create_table_request

__all__ = ["Answer", "Client"]  # the tests' names for them


@dataclass
class Aws:
    """The mocked account: clients and the three tables."""

    dynamodb: Any
    s3: Any
    sqs: Any
    sns: Any

    def table(self, name: str) -> Table:
        """One of the tables as the product sees it."""
        return Table(self.dynamodb, name)

    def items(self, name: str) -> list[dict[str, Any]]:
        """All that stands in a table; tests may scan, the product may not."""
        items: list[dict[str, Any]] = self.dynamodb.scan(TableName=name)["Items"]
        return items


@pytest.fixture
def aws() -> Iterator[Aws]:
    """An account of its own for each test, with tables and buckets of the template."""
    with mock_aws():
        made = Aws(*(boto3.client(name, region_name=REGION) for name in ("dynamodb", "s3", "sqs", "sns")))
        for name in TABLES:
            made.dynamodb.create_table(**create_table_request(name))
        for bucket in ("uploads", "files"):
            made.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield made


type SignIn = Callable[..., Client]


@pytest.fixture
def customer(aws: Aws) -> SignIn:
    """Sign a customer in at customer_tickets: `customer("سارا")`."""

    def sign_in(name: str = "سارا محمدی") -> Client:
        return _signed_in(aws, "customer_tickets", Kind.CUSTOMER, name)

    return sign_in


@pytest.fixture
def agent(aws: Aws) -> SignIn:
    """Sign a member of staff in at agent_desk: `agent("رضا", Role.AGENT, ("credit",))`."""

    def sign_in(
        name: str = "رضا کریمی",
        role: Role = Role.AGENT,
        topics: tuple[str, ...] = ("credit", "documents", "cheque_return", "other"),
    ) -> Client:
        return _signed_in(aws, "agent_desk", Kind.AGENT, name, role, topics)

    return sign_in


def _signed_in(
    aws: Aws, function: str, kind: Kind, name: str, role: Role | None = None, topics: tuple[str, ...] = ()
) -> Client:
    now = datetime.now(UTC)
    token = hashlib.sha256(name.encode()).hexdigest()
    session = Session(
        id=token_id(token),
        kind=kind,
        account_id=new_id(now),
        name=name,
        language="fa",
        created_at=now,
        seen_at=now,
        ends_at=now + ABSOLUTE[kind],
        role=role,
        topics=topics,
    )
    aws.table("sessions").apply(sessions.creation(aws.table("sessions"), session))
    return Client(import_module(f"{function}.app").handler, kind, session, token)
