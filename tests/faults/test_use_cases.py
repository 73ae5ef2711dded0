"""Each fault × each use case: the first request meets the fault at every write, then whoever sent it tries again.

A use case is a generator: what it does before its first `yield` is preparation, it yields the request, is given the
last answer, and then looks whether that answer stands in the tables, once.
"""

import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest

from helpdesk.actions.seed_people import create_customer
from helpdesk.model.passwords import canonical_password
from helpdesk.model.people import Role
from tests.e2e.conftest import PASSWORD
from tests.e2e.people import Person, wait_for
from tests.faults import people
from tests.faults.call import Call
from tests.faults.desk import Desk
from tests.faults.fault import FAULTS, Fault
from tests.faults.people import PHONES, Someone
from tests.support.media import picture

TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": "ثبت نشده است."}
APIS = ("customer_tickets", "customer_accounts", "agent_desk", "agent_accounts")
WRITES = ("TransactWriteItems", "PutItem", "UpdateItem")
TRIES = 4


@dataclass(frozen=True)
class Request:
    """What is sent, and sent again."""

    person: Person
    method: str
    path: str
    body: object = None
    key: str | None = None

    def send(self) -> httpx.Response:
        return self.person.call(self.method, self.path, self.body, self.key)


type UseCase = Generator[Request, httpx.Response]


def opening_a_ticket(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    answer = yield Request(sara.web, "POST", "/tickets", TICKET, str(uuid4()))
    assert answer.status_code == 201
    assert [ticket["number"] for ticket in sara.web.get("/tickets")["items"]] == [answer.json()["number"]]
    assert types(desk, answer.json()["number"]) == ["ticket_opened"]


def opening_a_ticket_with_a_picture(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    file = sara.web.upload("a.png", "image/png", picture())
    assert sara.web.checked(file)["state"] == "clean"
    answer = yield Request(sara.web, "POST", "/tickets", {**TICKET, "attachments": [file]}, str(uuid4()))
    assert answer.status_code == 201
    assert len(sara.web.get("/tickets")["items"]) == 1
    (message,) = sara.web.get(f"/tickets/{answer.json()['number']}")["messages"]["items"]
    assert [each["id"] for each in message["attachments"]] == [file]


def writing_on(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    answer = yield Request(sara.web, "POST", f"/tickets/{number}/messages", {"body": "هنوز نه"}, str(uuid4()))
    assert answer.status_code == 201
    newest, _first = sara.web.get(f"/tickets/{number}")["messages"]["items"]
    assert (newest["id"], newest["body"]) == (answer.json()["id"], "هنوز نه")
    assert types(desk, number) == ["ticket_opened", "customer_replied"]


def resolving(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    answer = yield Request(sara.web, "POST", f"/tickets/{number}/resolve")
    assert answer.status_code in (200, 409)  # without a key, whoever asks again is told that it is done
    assert sara.web.get(f"/tickets/{number}")["status"] == "resolved"
    assert types(desk, number) == ["ticket_opened", "ticket_resolved"]


def asking_for_an_upload(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    content = picture()
    asked = {"filename": "a.png", "content_type": "image/png", "size": len(content)}
    answer = yield Request(sara.web, "POST", "/attachments", asked)
    assert answer.status_code == 201
    form, files = answer.json()["upload"], {"file": ("a.png", content, "image/png")}
    assert httpx.post(form["url"], data=form["fields"], files=files, timeout=30).is_success
    assert sara.web.checked(answer.json()["id"])["state"] == "clean"


def claiming(desk: Desk, sara: Someone, reza: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    answer = yield Request(reza.web, "POST", f"/tickets/{number}/claim")
    assert answer.is_success
    assert answer.json()["assignee"]["id"] == reza.id
    assert types(desk, number) == ["ticket_opened", "ticket_claimed"]


def assigning(desk: Desk, sara: Someone, _: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    boss, nima = people.agent(desk, "سرپرست", Role.SUPERVISOR), people.agent(desk, "نیما")
    answer = yield Request(boss.web, "POST", f"/tickets/{number}/assign", {"agent_id": nima.id})
    assert answer.is_success
    assert boss.web.get(f"/tickets/{number}")["assignee"]["id"] == nima.id
    assert types(desk, number) == ["ticket_opened", "ticket_assigned"]


def answering(desk: Desk, sara: Someone, reza: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    body = {"body": "بررسی شد.", "based_on": reza.web.get(f"/tickets/{number}")["last_message_id"]}
    answer = yield Request(reza.web, "POST", f"/tickets/{number}/messages", body, str(uuid4()))
    assert answer.status_code == 201
    assert len(sara.web.get(f"/tickets/{number}")["messages"]["items"]) == 2
    assert types(desk, number) == ["ticket_opened", "ticket_answered"]
    wait_for(lambda: sara.web.get("/notifications")["unread"] == 1, "the notification")


def leaving_a_note(desk: Desk, sara: Someone, reza: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    body = {
        "body": "چک شود",
        "visibility": "internal",
        "based_on": reza.web.get(f"/tickets/{number}")["last_message_id"],
    }
    answer = yield Request(reza.web, "POST", f"/tickets/{number}/messages", body, str(uuid4()))
    assert answer.status_code == 201
    assert types(desk, number) == ["ticket_opened", "note_added"]


def raising_the_priority(desk: Desk, sara: Someone, reza: Someone) -> UseCase:
    number = sara.web.open_ticket()["number"]
    answer = yield Request(reza.web, "PATCH", f"/tickets/{number}", {"priority": "urgent"})
    assert answer.is_success
    assert reza.web.get(f"/tickets/{number}")["priority"] == "urgent"
    assert types(desk, number) == ["ticket_opened", "ticket_changed"]


def signing_in(desk: Desk, _: Someone, __: Someone) -> UseCase:
    phone, password = next(PHONES), canonical_password(PASSWORD)
    create_customer(desk.table("accounts"), desk.table(), "نیما", phone, password, datetime.now(UTC))
    nima = Person.at(desk.stack.file.public_api)
    answer = yield Request(nima, "POST", "/sessions", {"phone": phone, "password": PASSWORD, "transport": "bearer"})
    assert answer.status_code == 201
    assert nima.signed_in(answer.json()).get("/me")["name"] == "نیما"


USE_CASES: tuple[Callable[[Desk, Someone, Someone], UseCase], ...] = (
    opening_a_ticket,
    opening_a_ticket_with_a_picture,
    writing_on,
    resolving,
    asking_for_an_upload,
    claiming,
    assigning,
    answering,
    leaving_a_note,
    raising_the_priority,
    signing_in,
)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_was_asked_for_stands_there_once(desk: Desk, fault: Fault) -> None:
    cases = [Run(case, desk) for case in USE_CASES]
    with ThreadPoolExecutor(len(cases)) as pool:
        list(pool.map(Run.prepare, cases))
        with desk.proxy.rule(is_a_write_of_an_api, fault) as rule:
            first = dict(zip(cases, pool.map(Run.try_once, cases), strict=True))
        broken = {run.case.__name__: text for run, text in zip(cases, pool.map(Run.finish, cases), strict=True) if text}

    assert len(rule.met) >= len(cases)
    assert {answer.status_code for answer in first.values()} <= {200, 201, 503}
    assert all("Retry-After" in answer.headers for answer in first.values() if answer.status_code == 503)
    assert broken == {}


def is_a_write_of_an_api(call: Call) -> bool:
    return call.service == "dynamodb" and call.caller in APIS and call.operation in WRITES


class Run:
    """One use case on its way."""

    def __init__(self, case: Callable[[Desk, Someone, Someone], UseCase], desk: Desk) -> None:
        self.case = case
        self._steps = case(desk, people.customer(desk), people.agent(desk))

    def prepare(self) -> None:
        self._request = next(self._steps)

    def try_once(self) -> httpx.Response:
        self._answer = self._request.send()
        return self._answer

    def finish(self) -> str:
        """Try again as long as that is asked for; then what does not stand there as it was answered."""
        for _ in range(TRIES):
            if self._answer.status_code != 503:
                break
            time.sleep(int(self._answer.headers["Retry-After"]))
            self.try_once()
        try:
            self._steps.send(self._answer)
        except StopIteration:
            return ""
        except AssertionError as error:
            return f"{self._answer.status_code} {self._answer.text[:200]}: {error}"
        raise AssertionError("a use case asks once")


def types(desk: Desk, number: str) -> list[str]:
    """The types of a ticket's events, oldest first."""
    return [event["type"]["S"] for event in desk.events(number)]
