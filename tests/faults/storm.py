"""People who work at the desk while it fails, and try again as people do.

Choices come from seeded dice of each person, so a seed tells who wants what; what meets what is up to the machine.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import httpx

from tests.e2e.people import Person
from tests.faults.people import TOPICS, Someone
from tests.faults.promises import Log
from tests.support.media import picture

TRIES = 10
AGAIN = frozenset({502, 503})
PRIORITIES = ("low", "normal", "high", "urgent")


type Habits = Sequence[tuple[Callable[[], None], int]]
"""What a person does, and how often compared with the others."""


@dataclass
class Somebody:
    """One person in the storm."""

    someone: Someone
    log: Log
    dice: random.Random
    said: int = 0

    def live(self, habits: Habits, actions: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(actions):
            (action,) = self.dice.choices([action for action, _ in habits], [weight for _, weight in habits])
            self.log.did(action.__name__)
            action()

    @property
    def web(self) -> Person:
        return self.someone.web

    def ask(self, method: str, path: str, body: object = None, *, key: bool = False) -> httpx.Response | None:
        """The first answer that is not "try again", by the same key each time; None if there is none."""
        chosen = str(UUID(int=self.dice.getrandbits(128))) if key else None
        for attempt in range(TRIES):
            began = time.monotonic()
            try:
                answer = self.web.call(method, path, body, chosen)
            except httpx.TransportError:
                continue
            self.log.answered(answer.status_code, time.monotonic() - began)
            if answer.status_code not in AGAIN:
                return answer
            time.sleep(self.dice.uniform(0, 0.2 * (attempt + 1)))
        return None

    def text(self) -> str:
        self.said += 1
        return self.log.says(f"{self.someone.id} گفت {self.said}")

    def some_ticket(self) -> str | None:
        return self.dice.choice(self.own_tickets()) if self.own_tickets() else None

    def own_tickets(self) -> list[str]:
        """Numbers of tickets that the person may do something with."""
        return self.log.tickets


@dataclass
class StormyCustomer(Somebody):
    """Opens tickets and writes on."""

    numbers: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    def work(self, actions: int) -> None:
        habits = (
            (self.opens, 15),
            (self.writes, 40),
            (self.uploads, 10),
            (self.resolves, 8),
            (self.reads_notifications, 10),
            (self.looks, 17),
        )
        self.live(habits, actions)

    def own_tickets(self) -> list[str]:
        return self.numbers

    def opens(self) -> None:
        body = {
            "topic": self.dice.choice(TOPICS),
            "priority": self.dice.choice(PRIORITIES),
            "subject": "قسط",
            "description": self.text(),
        }
        answer = self.ask("POST", "/tickets", body, key=True)
        if answer and answer.is_success:
            number = str(answer.json()["number"])
            self.numbers.append(number)
            self.log.tickets.append(number)
            self.log.promised("ticket", number, body["description"], self.someone.id)

    def writes(self) -> None:
        number = self.some_ticket()
        if number is None:
            return self.opens()
        body = {"body": self.text(), "attachments": self._clean_files()}
        answer = self.ask("POST", f"/tickets/{number}/messages", body, key=True)
        if answer and answer.is_success:
            self.log.promised("message", number, str(answer.json()["id"]), self.someone.id)
        return None

    def _clean_files(self) -> list[str]:
        """An upload that has been checked by now, if there is one."""
        if not self.files or self.dice.random() < 0.5:
            return []
        file = self.files.pop()
        answer = self.ask("GET", f"/attachments/{file}")
        return [file] if answer and answer.is_success and answer.json()["state"] == "clean" else []

    def uploads(self) -> None:
        content = picture()
        asked = {"filename": "a.png", "content_type": "image/png", "size": len(content)}
        answer = self.ask("POST", "/attachments", asked)
        if not answer or not answer.is_success:
            return
        form = answer.json()["upload"]
        self.log.promised("upload", str(answer.json()["id"]), "", self.someone.id)
        files = {"file": ("a.png", content, "image/png")}
        if httpx.post(form["url"], data=form["fields"], files=files, timeout=60).is_success:
            self.files.append(str(answer.json()["id"]))

    def resolves(self) -> None:
        number = self.some_ticket()
        answer = self.ask("POST", f"/tickets/{number}/resolve") if number else None
        if number and answer and answer.is_success:
            self.log.promised("resolved", number, "", self.someone.id)

    def reads_notifications(self) -> None:
        answer = self.ask("GET", "/notifications")
        if answer and answer.is_success and answer.json()["items"]:
            self.ask("POST", "/notifications/read", {"up_to": self.dice.choice(answer.json()["items"])["id"]})

    def looks(self) -> None:
        self.ask("GET", "/tickets")


@dataclass
class StormyAgent(Somebody):
    """Takes tickets and answers them."""

    colleagues: list[str] = field(default_factory=list)

    def work(self, actions: int) -> None:
        habits = (
            (self.answers, 40),
            (self.claims, 20),
            (self.notes, 10),
            (self.assigns, 10),
            (self.raises, 10),
            (self.looks, 10),
        )
        self.live(habits, actions)

    def answers(self) -> None:
        self._write({"resolve": self.dice.random() < 0.3})

    def notes(self) -> None:
        self._write({"visibility": "internal"})

    def _write(self, more: dict[str, object]) -> None:
        number = self.some_ticket()
        seen = self.ask("GET", f"/tickets/{number}") if number else None
        if not number or not seen or not seen.is_success:
            return
        body = {"body": self.text(), "based_on": seen.json()["last_message_id"], **more}
        answer = self.ask("POST", f"/tickets/{number}/messages", body, key=True)
        if answer and answer.is_success:
            self.log.promised("message", number, str(answer.json()["id"]), self.someone.id)

    def claims(self) -> None:
        number = self.some_ticket()
        answer = self.ask("POST", f"/tickets/{number}/claim") if number else None
        if number and answer and answer.is_success:
            self.log.promised("assignee", number, self.someone.id)

    def assigns(self) -> None:
        number, colleague = self.some_ticket(), self.dice.choice(self.colleagues)
        answer = self.ask("POST", f"/tickets/{number}/assign", {"agent_id": colleague}) if number else None
        if number and answer and answer.is_success:
            self.log.promised("assignee", number, colleague)

    def raises(self) -> None:
        number, priority = self.some_ticket(), self.dice.choice(PRIORITIES)
        answer = self.ask("PATCH", f"/tickets/{number}", {"priority": priority}) if number else None
        if number and answer and answer.is_success:
            self.log.promised("priority", number, priority)

    def looks(self) -> None:
        self.ask("GET", "/queue")
