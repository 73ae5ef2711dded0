"""Warm path: CPU of one request in a function that is already running, against a handler written by hand."""

import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from typing import Any
from uuid import uuid4

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

import tests.support.environment  # noqa: F401  (settings, before the functions read them)
from benchmarks.baselines.by_hand import Call, Handler, by_hand, client
from benchmarks.report import Section, Table
from benchmarks.scene import AGENT_TOKEN, CUSTOMER_TOKEN, PAGE, SESSION_ITEMS, TEXT, new_messages, new_ticket
from helpdesk.aws import clients
from helpdesk.store.codec import Item
from tests.support.http_events import context, internal_event, public_event

ROUNDS = 15
REQUESTS = 40
LIMIT = 2.0
METHOD = f"""\
CPU milliseconds of one request, all threads, in one process: the network ends in botocore, which is handed canned
answers. "by hand" makes the very calls that the function made, with the same parameters, by boto3, and answers with
JSON: no session's end, no validation, no errors, no texts. {ROUNDS} rounds of {REQUESTS} requests, both in turn;
medians, in brackets the least and the most. Pages hold {PAGE} tickets or messages; the queue is one topic in four
shards. Budget: at most {LIMIT} × by hand."""

TICKET = new_ticket()
NUMBER = TICKET["number"]["S"]
THREAD = [TICKET, *new_messages(NUMBER)]


@dataclass(frozen=True)
class UseCase:
    """A request, and what DynamoDB answers to each of its operations besides the session's GetItem."""

    name: str
    function: str
    event: Mapping[str, Any]
    answers: Mapping[str, Any]


class _Raw:
    """A body as botocore takes it from urllib3."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self._body


def measure() -> Section:
    """Both handlers in turn for each use case."""
    with redirect_stdout(StringIO()):  # the requests' log
        rows = [_row(use_case) for use_case in use_cases()]
    return Section("Warm path", METHOD, [Table(("request", "ours", "by hand", "ratio", "budget"), rows)])


def use_cases() -> list[UseCase]:
    """The five requests."""
    customer = {"authorization": f"Bearer {CUSTOMER_TOKEN}", "content-type": "application/json"}
    agent = {"authorization": f"Bearer {AGENT_TOKEN}", "content-type": "application/json"}
    key = {"idempotency-key": str(uuid4())}
    opened = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": TEXT}
    reply = {"body": TEXT, "based_on": TICKET["last_message_id"]["S"]}
    return [
        UseCase(
            "open a ticket",
            "customer_tickets",
            public_event("POST", "/tickets", customer | key, {}, json.dumps(opened)),
            {"TransactWriteItems": {}},
        ),
        UseCase(
            "list my tickets",
            "customer_tickets",
            public_event("GET", "/tickets", customer, {}, None),
            {"Query": _page([TICKET] * PAGE)},
        ),
        UseCase(
            "read a thread",
            "customer_tickets",
            public_event("GET", f"/tickets/{NUMBER}", customer, {}, None),
            {"Query": _page(THREAD)},
        ),
        UseCase(
            "reply",
            "agent_desk",
            internal_event("POST", f"/tickets/{NUMBER}/messages", agent | key, {}, json.dumps(reply)),
            {"BatchGetItem": {"Responses": {"desk": [TICKET]}, "UnprocessedKeys": {}}, "TransactWriteItems": {}},
        ),
        UseCase(
            "read the queue",
            "agent_desk",
            internal_event("GET", "/queue", agent, {"topic": "credit"}, None),
            {"Query": _page([TICKET] * (PAGE // 4))},
        ),
    ]


def _page(items: list[Item]) -> dict[str, Any]:
    return {"Items": items, "Count": len(items), "ScannedCount": len(items)}


def _row(use_case: UseCase) -> list[str]:
    ours: Handler = import_module(f"{use_case.function}.app").handler
    with canned(use_case) as calls:
        ask(ours, use_case)
        theirs = by_hand(list(calls))
        taken: dict[Handler, list[float]] = {ours: [], theirs: []}
        for _ in range(ROUNDS):
            for handler in random.sample([ours, theirs], 2):
                taken[handler].append(_milliseconds(handler, use_case))
    ratio = statistics.median(taken[ours]) / statistics.median(taken[theirs])
    verdict = "met" if ratio <= LIMIT else "missed"
    return [use_case.name, _shown(taken[ours]), _shown(taken[theirs]), f"{ratio:.2f}", verdict]


@contextmanager
def canned(use_case: UseCase) -> Iterator[list[Call]]:
    """Answer both clients from the use case; yields the calls that were made."""
    bodies = {operation: json.dumps(answer).encode() for operation, answer in use_case.answers.items()}
    sessions = {item["pk"]["S"]: json.dumps({"Item": item}).encode() for item in SESSION_ITEMS}
    calls: list[Call] = []

    def record(params: Mapping[str, Any], model: Any, **_: object) -> None:
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in model.name).lstrip("_")
        calls.append((name, dict(params)))

    def answer(request: Any, **_: object) -> AWSResponse:
        operation = request.headers["X-Amz-Target"].decode().rpartition(".")[2]
        body = bodies.get(operation) or sessions[json.loads(request.body)["Key"]["pk"]["S"]]
        return AWSResponse(request.url, 200, HTTPHeaders(), _Raw(body))

    hooks: dict[str, Callable[..., Any]] = {"provide-client-params.dynamodb": record, "before-send.dynamodb": answer}
    for name, hook in hooks.items():
        clients.dynamodb().meta.events.register(name, hook)
    client.meta.events.register("before-send.dynamodb", answer)
    yield calls
    for name, hook in hooks.items():
        clients.dynamodb().meta.events.unregister(name, hook)
    client.meta.events.unregister("before-send.dynamodb", answer)


def _milliseconds(handler: Handler, use_case: UseCase) -> float:
    began = time.process_time()
    for _ in range(REQUESTS):
        ask(handler, use_case)
    return (time.process_time() - began) / REQUESTS * 1000


def ask(handler: Handler, use_case: UseCase) -> None:
    """Have the request answered, which must go well."""
    answer = handler(use_case.event, context())
    if answer["statusCode"] not in (200, 201):
        raise RuntimeError(f"{use_case.name}: {answer}")


def _shown(taken: list[float]) -> str:
    return f"{statistics.median(taken):.2f} ({min(taken):.2f}-{max(taken):.2f})"
