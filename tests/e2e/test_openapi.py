"""Whatever is sent, an API answers as its OpenAPI document says: Schemathesis tries, as everybody who may call.

It has a stack of its own, since it uses up quotas. `make fuzz` searches longer, from another start each time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pyotp
import pytest

from local.emulator import free_port
from local.paths import SITE
from local.stack import LocalStack
from tests.e2e.people import Person
from tests.support.denials import denials

EXAMPLES = os.environ.get("EXAMPLES", "3")
SEED = os.environ.get("SEED", "1391")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
)  # not ignored_auth: it spoils the cookie and leaves the good token, which opens the door as it should
ENDS_THE_OWN_SESSION = "/sessions/current"
OPTIONS = (
    *("--checks", ",".join(CHECKS), "--max-examples", EXAMPLES, "--seed", SEED, "--request-timeout", "30"),
    *("--exclude-path", ENDS_THE_OWN_SESSION, "--max-redirects", "0", "--generation-database", "none"),
    *("--warnings", "off", "--no-color", "--continue-on-failure"),
)

type Run = Callable[..., None]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A stack whose quotas and people nobody else needs."""
    with LocalStack.start(free_port(), tmp_path_factory.mktemp("openapi")) as started:
        yield started
        assert denials(started) == []


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Let Schemathesis call an API: `run("public", person, phases="fuzzing", number="4821937056")`."""

    def try_all(document: str, person: Person, phases: str, **parameters: str) -> None:
        settings = tmp_path / "schemathesis.toml"
        lines = [f"{json.dumps(f'path.{name}')} = {json.dumps(value)}" for name, value in parameters.items()]
        settings.write_text("\n".join(["[parameters]", *lines]), encoding="utf-8")
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "run"]
        command += [str(SITE / "openapi" / f"{document}.json"), "--url", person.api, "--phases", phases]
        command += [part for name, value in person.headers.items() for part in ("--header", f"{name}: {value}")]
        done = subprocess.run([*command, *OPTIONS], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert " passed" in done.stdout

    return try_all


def of_staff(stack: LocalStack, role: str) -> Person:
    """A member of the demo's staff of this role."""
    member = next(member for member in stack.file.demo.staff if member.role == role)
    person = Person.at(stack.file.internal_api)
    asked = person.post("/sessions", {"email": member.email, "password": member.password})
    code = pyotp.TOTP(member.totp_secret).now()
    confirmed = {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"}
    return person.signed_in(person.post("/sessions/confirm", confirmed))


@pytest.fixture(scope="module")
def sara(stack: LocalStack) -> Person:
    """A customer of the demo."""
    member, person = stack.file.demo.customers[0], Person.at(stack.file.public_api)
    signing_in = {"phone": member.phone, "password": member.password, "transport": "bearer"}
    return person.signed_in(person.post("/sessions", signing_in))


@pytest.fixture(scope="module")
def ticket(sara: Person) -> str:
    """A ticket of hers with an attachment."""
    number: str = sara.open_ticket()["number"]
    return number


def test_guests_are_answered_as_documented_by_the_public_api(stack: LocalStack, run: Run) -> None:
    run("public", Person.at(stack.file.public_api), phases="fuzzing")


def test_guests_are_answered_as_documented_by_the_internal_api(stack: LocalStack, run: Run) -> None:
    run("internal", Person.at(stack.file.internal_api), phases="fuzzing")


def test_customers_are_answered_as_documented(sara: Person, ticket: str, run: Run) -> None:
    run("public", sara, phases="coverage,fuzzing", number=ticket)


@pytest.mark.parametrize(("role", "phases"), [("agent", "fuzzing"), ("supervisor", "fuzzing"), ("admin", "coverage")])
def test_staff_are_answered_as_documented(stack: LocalStack, ticket: str, run: Run, role: str, phases: str) -> None:
    run("internal", of_staff(stack, role), phases=phases, number=ticket)


@pytest.mark.parametrize("document", ["public", "internal"])
def test_the_document_served_is_the_one_tested(stack: LocalStack, document: str) -> None:
    api = stack.file.public_api if document == "public" else stack.file.internal_api
    served = httpx.get(f"{api}/openapi.json").json()
    assert served == json.loads((SITE / "openapi" / f"{document}.json").read_text(encoding="utf-8"))
