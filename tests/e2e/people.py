"""Plain HTTP clients of people at the desk, by the contract alone: no code of the product takes part."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

PATIENCE = 30.0


def wait_for[Found](look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, once it does."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise TimeoutError(f"waited {PATIENCE:.0f} s for {what}")


def post_file(form: dict[str, Any], filename: str, content_type: str, content: bytes) -> None:
    """Post a file by the form that an upload was answered with."""
    files = {"file": (filename, content, content_type)}
    posted = httpx.post(form["url"], data=form["fields"], files=files, timeout=PATIENCE)
    assert posted.is_success, posted.text


@dataclass
class Sms:
    """What the local SMS provider sent."""

    file: Path

    def to(self, phone: str) -> list[dict[str, Any]]:
        """Messages to a number, oldest first."""
        sent = [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]
        return [sms for sms in sent if sms["to"] == phone]


def codes(sms: Sms, phone: str) -> list[str]:
    """The codes in the messages to a number, oldest first."""
    words = (word.strip("«».:") for message in sms.to(phone) for word in message["text"].split())
    return [word for word in words if len(word) == 6 and word.isascii() and word.isdigit()]


@dataclass
class Person:
    """Somebody with a bearer token at one of the two APIs."""

    api: str
    headers: dict[str, str]

    @classmethod
    def at(cls, api: str, **headers: str) -> "Person":
        """A stranger at this API."""
        return cls(api, headers)

    def call(self, method: str, path: str, body: object = None, key: str | None = None, **query: str) -> httpx.Response:
        """Send a request."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return httpx.request(method, self.api + path, json=body, headers=headers, params=query, timeout=PATIENCE)

    def get(self, path: str, **query: str) -> Any:
        """The body of a good answer."""
        return self._good(self.call("GET", path, None, None, **query))

    def post(self, path: str, body: object = None, key: str | None = None) -> Any:
        """The body of a good answer."""
        return self._good(self.call("POST", path, body, key))

    def _good(self, answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def signed_in(self, session: dict[str, Any]) -> "Person":
        """The same person from now on with the token of this session."""
        self.headers["Authorization"] = f"Bearer {session['token']}"
        return self

    def upload(self, filename: str, content_type: str, content: bytes) -> str:
        """Ask for an upload, post the file, and give the attachment's id; it is being checked from then on."""
        asked = self.post("/attachments", {"filename": filename, "content_type": content_type, "size": len(content)})
        post_file(asked["upload"], filename, content_type, content)
        return str(asked["id"])

    def checked(self, attachment_id: str) -> dict[str, Any]:
        """The attachment once it was judged."""

        def judged() -> dict[str, Any] | None:
            state: dict[str, Any] = self.get(f"/attachments/{attachment_id}")
            return state if state["state"] in ("clean", "refused") else None

        return wait_for(judged, "the check of an attachment")

    def open_ticket(self, **changes: object) -> dict[str, Any]:
        """A new ticket."""
        body = {
            "topic": "credit",
            "priority": "normal",
            "subject": "قسط دوم",
            "description": "ثبت نشده است.",
            **changes,
        }
        ticket: dict[str, Any] = self.post("/tickets", body, key=str(uuid4()))
        return ticket
