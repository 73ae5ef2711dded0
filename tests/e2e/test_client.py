"""The Python client and the `poshtiban` command against the stack: what a script does."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from local.stack import LocalStack
from poshtiban import AttachmentRefusedError, CustomerClient, ProblemError, StaffClient
from tests.e2e.conftest import PASSWORD
from tests.e2e.people import Person
from tests.support.media import picture

PICTURE = picture()

type Command = Callable[..., str]


@pytest.fixture
def sara(stack: LocalStack, customer: Callable[[], Person]) -> Iterator[CustomerClient]:
    """A customer with the client instead of bare requests."""
    with CustomerClient(stack.file.public_api, language="en") as client:
        client.sign_in(customer().get("/me")["phone"], PASSWORD)
        yield client


@pytest.fixture
def boss(stack: LocalStack, staff: Callable[[str], Person]) -> Iterator[StaffClient]:
    """A supervisor with the client."""
    token = staff("supervisor").headers["Authorization"].removeprefix("Bearer ")
    with StaffClient(stack.file.internal_api, token, language="en") as client:
        yield client


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run the command with a session file of its own; gives what it prints."""

    def run(*arguments: str, **environment: str) -> str:
        settings = {"POSHTIBAN_SESSION": str(tmp_path / "session.json"), "PYTHONPATH": "client", **environment}
        ran = subprocess.run(
            [sys.executable, "-c", "from poshtiban.command import main; main()", *arguments],
            env=os.environ | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.stdout + ran.stderr

    return run


def test_a_script_files_a_ticket_and_reads_its_answer(sara: CustomerClient, boss: StaffClient) -> None:
    picture = sara.upload("receipt.png", "image/png", PICTURE)
    ticket = sara.open_ticket("documents", "high", "Receipt", "Here it is.", [picture])
    boss.claim(ticket["number"])
    answer = boss.reply(ticket["number"], "All is well.", boss.ticket(ticket["number"])["last_message_id"])

    assert [message["body"] for message in sara.messages(ticket["number"])] == ["All is well.", "Here it is."]
    assert answer["visibility"] == "public"
    assert sara.download(picture).startswith(b"\x89PNG")
    assert ticket["number"] in [waiting["number"] for waiting in sara.tickets("pending")]


def test_a_lost_answer_makes_no_second_ticket(sara: CustomerClient) -> None:
    key = str(uuid4())
    first = sara.open_ticket("credit", "low", "Once", "Only once.", key=key)
    again = sara.open_ticket("credit", "low", "Once", "Only once.", key=key)

    assert first["number"] == again["number"]


def test_a_refusal_says_which_field_and_why(sara: CustomerClient) -> None:
    with pytest.raises(ProblemError) as refused:
        sara.open_ticket("credit", "low", "", "A text without a subject.")

    assert refused.value.status == 422
    assert set(refused.value.errors) == {"subject"}


def test_a_refused_file_says_why(sara: CustomerClient) -> None:
    with pytest.raises(AttachmentRefusedError, match=r"\w+ \w+"):
        sara.upload("page.png", "image/png", b"<html><script>alert(1)</script></html>")


def test_a_customer_works_from_a_shell(
    stack: LocalStack, customer: Callable[[], Person], command: Command, tmp_path: Path
) -> None:
    phone = customer().get("/me")["phone"]
    (tmp_path / "receipt.png").write_bytes(PICTURE)

    assert "nobody is signed in" in command("list")
    command("sign-in", stack.file.public_api, phone, POSHTIBAN_PASSWORD=PASSWORD)
    arguments = ("create", "credit", "normal", "قسط دوم", "ثبت نشده است.", "--attach", str(tmp_path / "receipt.png"))
    number = command(*arguments).strip()
    command("reply", number, "شمارهٔ قرارداد ۱۲۳۴ است.")
    shown = command("show", number)
    listed = [json.loads(line) for line in command("--json", "list").splitlines()]
    command("sign-out")

    assert shown.index("ثبت نشده است.") < shown.index("شمارهٔ قرارداد ۱۲۳۴ است.")
    assert [ticket["number"] for ticket in listed] == [number]
    assert "nobody is signed in" in command("list")
    assert not (tmp_path / "session.json").exists()


def test_an_agent_works_from_a_shell(
    stack: LocalStack, customer: Callable[[], Person], boss: StaffClient, command: Command, tmp_path: Path
) -> None:
    number = customer().open_ticket(priority="urgent")["number"]
    session = {"kind": "staff", "url": stack.file.internal_api, "token": boss.api.token}
    (tmp_path / "session.json").write_text(json.dumps(session), encoding="utf-8")

    assert number in command("queue", "--assignee", "none", "--most", "500")
    command("claim", number)
    command("reply", number, "ثبت شد.", "--resolve")

    assert f"{number}  resolved" in command("show", number)
    assert "this is for customers" in command("list")
