"""An account of AWS in this process, where each use case is counted under its name."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass, replace
from importlib import import_module
from io import StringIO
from types import ModuleType
from typing import Any
from uuid import uuid4

import boto3

from helpdesk.aws import clients
from helpdesk.model.people import Kind
from helpdesk.store.table import Table
from tests.support.api import Client
from tests.support.counting import Call, counting, redirected
from tests.support.environment import ENVIRONMENT, REGION
from tests.support.http_events import context
from tests.support.template import TABLES, create_table_request

APIS = {Kind.CUSTOMER: ("customer_tickets", "customer_accounts"), Kind.AGENT: ("agent_desk", "agent_accounts")}
_BAD = 400


@dataclass(frozen=True)
class Counted:
    """What one use case asked of AWS.

    Args:
        function: the function that did it.
        calls: in the order in which they were answered.
    """

    name: str
    function: str
    calls: tuple[Call, ...]

    def of(self, service: str) -> list[Call]:
        """The calls to one service, as `Call` names it."""
        return [call for call in self.calls if call.service == service]

    @property
    def read_units(self) -> float:
        """Read capacity units of all its requests to DynamoDB."""
        return sum(call.units for call in self.calls if not call.is_write)

    @property
    def write_units(self) -> float:
        """Write capacity units of all its requests to DynamoDB."""
        return sum(call.units for call in self.calls if call.is_write)


class Stage:
    """Tables, buckets, queue and topic; what the product's clients call is counted, what is called here is not."""

    def __init__(self, calls: list[Call], address: str | None) -> None:
        self.counted: list[Counted] = []
        self._calls = calls
        self.dynamodb: Any = boto3.client("dynamodb", region_name=REGION, endpoint_url=address)
        self.s3: Any = boto3.client("s3", region_name=REGION)
        self.sqs: Any = boto3.client("sqs", region_name=REGION)
        self.sns: Any = boto3.client("sns", region_name=REGION)
        self.ses: Any = boto3.client("sesv2", region_name=REGION)
        self._build()

    def _build(self) -> None:
        for name in TABLES:
            self.dynamodb.create_table(**create_table_request(name))
        for bucket in ("uploads", "files"):
            self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        self.s3.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})
        self.sqs.create_queue(QueueName="sms")
        self.sns.create_topic(Name="desk-events")

    def table(self, name: str) -> Table:
        """One of the tables as the product sees it."""
        return Table(self.dynamodb, name)

    def items(self, prefix: str) -> list[dict[str, Any]]:
        """The items of the desk table whose partition or sort key begins so, in no order."""
        found = self.dynamodb.scan(TableName="desk")["Items"]
        return [item for item in found if any(item[key]["S"].startswith(prefix) for key in ("pk", "sk"))]

    def take_code(self) -> str:
        """The one-time code that was sent last."""
        received = self.sqs.receive_message(QueueUrl=ENVIRONMENT["SMS_QUEUE_URL"], MaxNumberOfMessages=10)["Messages"]
        bodies = sorted((json.loads(message["Body"]) for message in received), key=lambda body: str(body["id"]))
        return str(bodies[-1]["code"])

    @contextmanager
    def counts(self, name: str, function: str) -> Iterator[None]:
        """Count what is called inside as one use case."""
        begun = len(self._calls)
        yield
        self.counted.append(Counted(name, function, tuple(self._calls[begun:])))

    def function(self, name: str) -> ModuleType:
        """The module of a function's handler."""
        return import_module(f"{name}.app")

    def invokes(self, name: str, function: str, event: Mapping[str, Any]) -> None:
        """A function does its work on one event; a batch must be taken whole."""
        asked = context()
        asked.get_remaining_time_in_millis = lambda: 30_000
        with redirect_stdout(StringIO()):  # logs and metrics of the function
            handler = self.function(function).handler
            with self.counts(name, function):
                answer = handler(event, asked)
        if answer and answer["batchItemFailures"]:
            raise RuntimeError(f"{name}: {answer}")


@dataclass(frozen=True)
class Person:
    """Somebody at one of the two APIs."""

    stage: Stage
    kind: Kind
    token: str = ""

    def signed_in(self, session: Mapping[str, Any]) -> "Person":
        """The same person with the token of this session."""
        return replace(self, token=session["token"])

    def does(self, name: str, method: str, path: str, body: object = None, **query: str) -> Any:
        """Send a request that is a use case of this name, and give the body of its good answer."""
        section = path.split("/")[1].replace("-", "_")
        function = next(one for one in APIS[self.kind] if section in self.stage.function(one).SECTIONS)
        client = Client(self.stage.function(function).handler, self.kind, token=self.token)
        with self.stage.counts(name, function), redirect_stdout(StringIO()):  # the request's log
            answer = client(method, path, body, key=str(uuid4()), query=query)
        if answer.status >= _BAD:
            raise RuntimeError(f"{name}: {answer}")
        return answer.body


@contextmanager
def stage(address: str | None) -> Iterator[Stage]:
    """A stage on the mocked account around it, or with its tables in the DynamoDB at this address."""
    buckets = {clients.s3(), clients.s3(ENVIRONMENT["S3_PUBLIC_ENDPOINT"])}  # may be one
    others = (clients.sqs(), clients.sns(), clients.sns_for_sms(), clients.ses())
    there = redirected(clients.dynamodb(), address) if address else nullcontext()
    with there, counting(clients.dynamodb(), *buckets, *others, capacity=True) as calls:
        yield Stage(calls, address)
