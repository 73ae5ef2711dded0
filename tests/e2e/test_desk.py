"""The agents' desk on the local stack: many at once, through the API alone."""

import csv
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from uuid import uuid4

import httpx
import pyotp
import pytest

from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind, Role, Session, StaffMember
from helpdesk.model.tokens import new_token, token_id
from helpdesk.store import sessions, staff, tickets
from helpdesk.store.table import Table
from local.stack import LocalStack
from tests.e2e.people import Person, Sms, wait_for

TOPICS = ("credit", "documents", "cheque_return", "other")
CLIENTS = 50

type Employ = Callable[..., Person]


@pytest.fixture
def employ(stack: LocalStack) -> Employ:
    """Another agent with a token: fifty of them should not have to type passwords and codes."""
    desk, table = (Table(stack.cloud.dynamodb, stack.outputs[name]) for name in ("DeskTable", "SessionsTable"))

    def join(name: str) -> Person:
        now, token = datetime.now(UTC), new_token()
        member = StaffMember(new_id(now), f"{uuid4()}@desk.example", name, Role.AGENT, TOPICS, True, now)
        session = Session(
            token_id(token), Kind.AGENT, member.id, name, "fa", now, now, now + timedelta(hours=1), Role.AGENT, TOPICS
        )
        desk.apply(staff.creation(desk, member))
        table.apply(sessions.creation(table, session))
        return Person.at(stack.file.internal_api).signed_in({"token": token})

    return join


def _answer(agent: Person, number: str, body: str = "بررسی شد.", **more: object) -> None:
    seen = agent.get(f"/tickets/{number}")["last_message_id"]
    agent.post(f"/tickets/{number}/messages", {"body": body, "based_on": seen, **more}, key=str(uuid4()))


def test_of_fifty_who_claim_at_once_one_wins_and_the_others_are_told_who(
    customer: Callable[[], Person], employ: Employ
) -> None:
    number = customer().open_ticket()["number"]
    agents = [employ(f"کارشناس {n}") for n in range(CLIENTS)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(lambda agent: _claim(agent, number), agents))

    (won,) = [answer.json() for answer in answers if answer.is_success]
    lost = [answer for answer in answers if not answer.is_success]
    assert [answer.status_code for answer in lost] == [409] * (CLIENTS - 1)
    assert [answer.json()["assignee"] for answer in lost] == [won["assignee"]] * (CLIENTS - 1)
    assert all(won["assignee"]["name"] in answer.json()["detail"] for answer in lost)
    history = agents[0].get(f"/tickets/{number}/history")["items"]
    assert [entry["type"] for entry in history] == ["ticket_claimed", "ticket_opened"]


def _claim(agent: Person, number: str) -> httpx.Response:
    """Patiently: on a laptop with two cores, fifty instances of a function take half a minute to start.

    Whoever is told that the desk is busy (503) comes again, as Retry-After asks.
    """
    while True:
        answer = httpx.post(f"{agent.api}/tickets/{number}/claim", headers=agent.headers, timeout=180)
        if answer.status_code != 503:
            return answer
        time.sleep(int(answer.headers["Retry-After"]))


def test_two_agents_and_three_customers_work_at_once(customer: Callable[[], Person], employ: Employ) -> None:
    """Each customer opens tickets and writes on; each agent takes whatever stands first, until nothing is left."""
    customers, agents = [customer() for _ in range(3)], [employ("رضا"), employ("لیلا")]
    asked = AtOnce()

    with ThreadPoolExecutor(5) as pool:
        working = [pool.submit(asked.work, agent) for agent in agents]
        opened = [number for numbers in pool.map(asked.ask, customers) for number in numbers]
        first, second = (worked.result() for worked in working)

    assert sorted(first + second) == sorted(opened)
    for person in customers:
        for ticket in person.get("/tickets")["items"]:
            said = person.get(f"/tickets/{ticket['number']}")["messages"]["items"]
            authors = [message["author"]["kind"] for message in said]
            assert sorted(authors) == ["agent", "customer", "customer"]
            assert ticket["status"] == ("resolved" if authors[0] == "agent" else "open")  # who writes on opens it again


class AtOnce:
    """What three customers and two agents do side by side, in a topic that no other test uses."""

    topic, tickets_each, customers = "cheque_return", 3, 3

    def __init__(self) -> None:
        self.answered: set[str] = set()

    def ask(self, person: Person) -> list[str]:
        """Open tickets and write on at once; the numbers of the tickets."""
        return [self._ask(person, n) for n in range(self.tickets_each)]

    def _ask(self, person: Person, n: int) -> str:
        number = str(person.open_ticket(topic=self.topic, subject=f"چک {n}")["number"])
        person.post(f"/tickets/{number}/messages", {"body": "لطفاً زودتر"}, str(uuid4()))
        return number

    def work(self, agent: Person) -> list[str]:
        """Answer what stands first in the queue until every ticket is answered; the numbers of one's own."""
        done: list[str] = []
        while len(self.answered) < self.tickets_each * self.customers:
            queue = agent.get("/queue", topic=self.topic, assignee="none", limit="2")["items"]
            done += [ticket["number"] for ticket in queue if self._serve(agent, ticket["number"])]
        return done

    def _serve(self, agent: Person, number: str) -> bool:
        """Claim and answer, unless a colleague was faster; what came in meanwhile is read first."""
        if not agent.call("POST", f"/tickets/{number}/claim").is_success:
            return False
        body = {"body": "بررسی شد.", "based_on": agent.get(f"/tickets/{number}")["last_message_id"], "resolve": True}
        while (said := agent.call("POST", f"/tickets/{number}/messages", body, str(uuid4()))).status_code == 409:
            body["based_on"] = said.json()["newer"][-1]["id"]
        assert said.status_code == 201, said.text
        self.answered.add(number)
        return True


def test_a_number_is_understood_as_people_write_it(customer: Callable[[], Person], employ: Employ) -> None:
    number, agent = customer().open_ticket()["number"], employ("رضا")
    persian = number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    for said in (f"{number[:4]}-{number[4:8]}-{number[8:]}", f"{number[:3]} {number[3:]}", persian):
        assert agent.get(f"/tickets/{said}")["number"] == number
    wrong = agent.call("GET", f"/tickets/{number[:9]}{(int(number[9]) + 1) % 10}")
    assert (wrong.status_code, wrong.json()["type"]) == (404, "urn:poshtiban:problem:ticket-number")


def test_the_tickets_of_an_agent_who_was_disabled_return_to_the_queue(
    stack: LocalStack, customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    admin, boss, number = staff("admin"), staff("supervisor"), customer().open_ticket(topic="credit")["number"]
    agent = _invited(stack, admin)
    agent.post(f"/tickets/{number}/claim")
    me = agent.get("/me")

    assert admin.call("PATCH", f"/staff/{me['id']}", {"enabled": False}).is_success
    assert agent.call("GET", f"/tickets/{number}").status_code == 401

    def is_returned() -> bool:
        _run_watcher(stack)  # which the schedule does once a minute
        return boss.get(f"/tickets/{number}")["assignee"] is None

    wait_for(is_returned, "the ticket's return")
    (released, *_) = boss.get(f"/tickets/{number}/history")["items"]
    assert (released["type"], released["data"]["assignee"]) == ("ticket_released", f"{me['name']} → ")


def _invited(stack: LocalStack, admin: Person) -> Person:
    """A new agent, from the invitation to the first session."""
    email, password = f"{uuid4()}@desk.example", "a-long-enough-secret"
    invited = admin.post("/staff", {"email": email, "role": "agent", "topics": ["credit"]})
    person = Person.at(stack.file.internal_api)
    person.post(f"/invitations/{invited['token']}/accept", {"name": "نیما", "password": password})
    asked = person.post("/sessions", {"email": email, "password": password})
    code = pyotp.TOTP(asked["enrolment"]["secret"]).now()
    body = {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"}
    return person.signed_in(person.post("/sessions/confirm", body))


def test_what_comes_late_reaches_each_supervisor_once(
    stack: LocalStack, customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    number, boss = customer().open_ticket(topic="documents")["number"], staff("supervisor")
    supervisors = sorted(_supervisors(staff("admin"), "documents"))
    _make_late(stack, number)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_run_watcher, [stack] * 4))  # and the schedule's own may be at it too

    def readers() -> list[str]:
        sent = [json.loads(line) for line in (stack.state_dir / "email.jsonl").read_text(encoding="utf-8").splitlines()]
        return sorted(mail["to"] for mail in sent if f"{number[:4]}-{number[4:8]}-{number[8:]}" in mail["text"])

    wait_for(lambda: len(readers()) >= len(supervisors), "the e-mails")
    history = [entry["type"] for entry in boss.get(f"/tickets/{number}/history")["items"]]
    assert history == ["response_breached", "ticket_opened"]
    _run_watcher(stack)
    assert readers() == supervisors


def _supervisors(admin: Person, topic: str) -> list[str]:
    """Where the topic's supervisors read: other tests may have invited some."""
    people = [it for it in admin.get("/staff")["items"] if it["role"] == "supervisor" and it["enabled"]]
    return [it["email"] for it in people if not it["topics"] or topic in it["topics"]]


def _make_late(stack: LocalStack, number: str) -> None:
    """The answer was due a minute ago, as if the ticket had waited all along."""
    desk = Table(stack.cloud.dynamodb, stack.outputs["DeskTable"])
    ticket = tickets.find(desk, number)
    assert ticket
    due = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    late = replace(ticket, version=ticket.version + 1, clocks=replace(ticket.clocks, response_due_at=due))
    desk.apply(tickets.change(desk, late))


def _run_watcher(stack: LocalStack) -> None:
    functions = stack.cloud.functions.list_functions(MaxItems=50)["Functions"]
    (name,) = [it["FunctionName"] for it in functions if it["Handler"].startswith("sla_watcher.")]
    answer = stack.cloud.functions.invoke(FunctionName=name, Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_no_customer_meets_the_marker_of_a_note(
    stack: LocalStack, customer: Callable[[], Person], staff: Callable[[str], Person], sms: Sms
) -> None:
    sara, boss, marker = customer(), staff("supervisor"), f"MARKER-{uuid4()}"
    phone, number = sara.get("/me")["phone"], sara.open_ticket()["number"]
    note = {"body": marker, "visibility": "internal"}
    boss.post(f"/tickets/{number}/messages", note, key=str(uuid4()))
    before = len(sms.to(phone))
    _answer(boss, number, resolve=True)
    boss.post(f"/tickets/{number}/messages", note, key=str(uuid4()))

    wait_for(lambda: len(sms.to(phone)) > before, "the SMS of the answer")
    wait_for(lambda: sara.get("/notifications")["items"], "the notification")
    assert marker in json.dumps(boss.get(f"/tickets/{number}"))
    paths = ("/tickets", f"/tickets/{number}", f"/tickets/{number}/messages", "/notifications", "/me", "/form")
    assert not any(marker in sara.call("GET", path).text for path in paths)
    for outbox in ("sms.jsonl", "email.jsonl"):
        assert marker not in (stack.state_dir / outbox).read_text(encoding="utf-8")


def test_a_supervisors_summary_counts_what_happened(
    customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    boss, sara = staff("supervisor"), customer()
    day = (datetime.now(UTC) + timedelta(hours=3, minutes=30)).date().isoformat()

    def opened() -> int:
        topics = boss.get("/reports/summary", **{"from": day, "to": day})["topics"]
        return sum(part["figures"]["opened"] for part in topics if part["name"] == "other")

    before = opened()
    for _ in range(2):
        sara.open_ticket(topic="other")

    wait_for(lambda: opened() == before + 2, "the counters")


def test_an_export_is_written_by_the_worker_and_fetched(
    customer: Callable[[], Person], staff: Callable[[str], Person]
) -> None:
    boss, number = staff("supervisor"), customer().open_ticket(subject="=1+1")["number"]
    day = (datetime.now(UTC) + timedelta(hours=3, minutes=30)).date().isoformat()
    export = boss.post("/reports/exports", {"from": day, "to": day})

    def fetched() -> httpx.Response | None:
        answer = boss.call("GET", f"/reports/exports/{export['id']}")
        return httpx.get(answer.headers["Location"]) if answer.status_code == 303 else None

    file = wait_for(fetched, "the export")

    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"), newline="")))
    (row,) = [row for row in rows if row[0] == f"{number[:4]}-{number[4:8]}-{number[8:]}"]
    assert row[7] == "'=1+1"
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_canned_replies_are_kept_and_filled(customer: Callable[[], Person], staff: Callable[[str], Person]) -> None:
    boss, agent, number = staff("supervisor"), staff("agent"), customer().open_ticket()["number"]
    reply = boss.post("/canned-replies", {"title": "سلام", "body": "{customer_name}: {agent_name}", "topic": "credit"})

    filled = agent.get(f"/canned-replies/{reply['id']}", ticket=number)

    assert filled["text"] == f"مشتری تازه: {agent.get('/me')['name']}"
    assert agent.call("DELETE", f"/canned-replies/{reply['id']}").status_code == 403
    assert boss.call("DELETE", f"/canned-replies/{reply['id']}").status_code == 204
    assert reply["id"] not in [each["id"] for each in agent.get("/canned-replies")["items"]]
