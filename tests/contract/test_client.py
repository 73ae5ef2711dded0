"""The Python client against the OpenAPI documents: its types, and what each of its methods sends and promises."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import httpx
import pytest

import tests.support.environment  # noqa: F401  (settings, before the functions read them)
from helpdesk.edge.openapi import APIS, document
from poshtiban import CustomerClient, StaffClient

ROOT = Path(__file__).parents[2]
ANSWER: dict[str, Any] = {"challenge_id": "c", "token": "t", "items": [], "next_cursor": None}

CUSTOMER: list[Callable[[CustomerClient], Any]] = [
    lambda it: it.sign_in("09120000001", "password"),
    lambda it: it.sign_out(),
    lambda it: it.me(),
    lambda it: it.form(),
    lambda it: it.open_ticket("credit", "low", "subject", "text", ["a"], "4821937057", "key"),
    lambda it: it.tickets("open"),
    lambda it: it.ticket("4821937057"),
    lambda it: it.messages("4821937057"),
    lambda it: it.reply("4821937057", "text", ["a"]),
    lambda it: it.resolve("4821937057"),
    lambda it: it.rate("4821937057", 5, "good"),
    lambda it: it.notifications(),
]
STAFF: list[Callable[[StaffClient], Any]] = [
    lambda it: it.sign_in("agent@example.com", "password", "123456"),
    lambda it: it.sign_out(),
    lambda it: it.queue("credit", "me"),
    lambda it: it.ticket("4821937057"),
    lambda it: it.messages("4821937057"),
    lambda it: it.history("4821937057"),
    lambda it: it.claim("4821937057"),
    lambda it: it.release("4821937057"),
    lambda it: it.assign("4821937057", "agent"),
    lambda it: it.reply("4821937057", "text", "m", visibility="internal", resolve=True, attachments=["a"]),
    lambda it: it.change("4821937057", priority="high", topic="credit", status="resolved", tags=["tag"]),
    lambda it: it.customer("09120000001"),
    lambda it: it.summary("2026-11-01", "2026-11-30"),
]


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    return {name: document(*APIS[name]) for name in APIS}


@pytest.mark.parametrize("name", ["public", "internal"])
def test_the_types_are_those_of_the_document(name: str, documents: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    (tmp_path / "document.json").write_text(json.dumps(documents[name]), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "datamodel-codegen"), "--input", str(tmp_path / "document.json")]
    subprocess.run([*command, "--output", str(tmp_path / "types.py")], cwd=ROOT, check=True)

    kept, fresh = (
        ast.dump(ast.parse(file.read_text(encoding="utf-8")))
        for file in (ROOT / f"client/poshtiban/{name}.py", tmp_path / "types.py")
    )

    assert kept == fresh, "the API has changed: run make client"


@pytest.mark.parametrize("call", CUSTOMER, ids=lambda call: call.__code__.co_names[0])
def test_customers_calls_are_those_of_the_document(
    call: Callable[[CustomerClient], Any], documents: dict[str, dict[str, Any]]
) -> None:
    sent = _sent(lambda transport: call(CustomerClient("https://desk.example/api/v1", "t", transport=transport)))

    returned = get_type_hints(getattr(CustomerClient, call.__code__.co_names[0]))["return"]
    _agrees(sent[-1], returned, documents["public"])


@pytest.mark.parametrize("call", STAFF, ids=lambda call: call.__code__.co_names[0])
def test_staffs_calls_are_those_of_the_document(
    call: Callable[[StaffClient], Any], documents: dict[str, dict[str, Any]]
) -> None:
    sent = _sent(lambda transport: call(StaffClient("https://desk.example/internal/v1", "t", transport=transport)))

    returned = get_type_hints(getattr(StaffClient, call.__code__.co_names[0]))["return"]
    _agrees(sent[-1], returned, documents["internal"])


def _sent(call: Callable[[httpx.BaseTransport], Any]) -> list[httpx.Request]:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=ANSWER)

    result = call(httpx.MockTransport(answer))
    if isinstance(result, Iterator):
        list(result)
    return sent


def _agrees(request: httpx.Request, returned: type, described: dict[str, Any]) -> None:
    operation = _operation(request, described)
    parameters = {parameter["name"].lower(): parameter for parameter in operation.get("parameters", [])}
    assert set(request.url.params) <= set(parameters)
    assert {name for name, parameter in parameters.items() if parameter["in"] == "header"} <= set(request.headers)
    if request.content:
        wanted = _schema(operation["requestBody"]["content"]["application/json"]["schema"], described)
        assert set(wanted.get("required", [])) <= set(json.loads(request.content)) <= set(wanted["properties"])
    assert _name_of(returned) == _promised(operation, described)


def _operation(request: httpx.Request, described: dict[str, Any]) -> dict[str, Any]:
    path = re.sub(r"^/(api|internal)/v1", "", request.url.path)
    for pattern, operations in described["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and request.method.lower() in operations:
            found: dict[str, Any] = operations[request.method.lower()]
            return found
    raise AssertionError(f"{request.method} {path} is not described")


def _schema(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _name_of(returned: type) -> str | None:
    """The name of the shape that a method gives, or gives one by one."""
    shape = get_args(returned)[0] if get_origin(returned) is Iterator else returned
    return None if shape is type(None) else shape.__name__


def _promised(operation: dict[str, Any], described: dict[str, Any]) -> str | None:
    """The name of the schema of the good answer; of a page that of its items."""
    [good] = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    schema = good.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" not in schema:
        return None
    name: str = schema["$ref"].rpartition("/")[2]
    if not name.endswith("Page"):
        return name
    items: str = _schema(schema, described)["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
    return items
