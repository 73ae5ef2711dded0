"""What is written in an internal note reaches no customer: not by any route, nor by SMS, e-mail, inbox or webhook."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from helpdesk.aws.webhooks import Delivery
from helpdesk.model.attachment import UNLINKED_LIFETIME, Attachment, AttachmentState
from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Role
from helpdesk.model.queue_body import event_body
from helpdesk.model.vault import WEBHOOK_SECRETS, Vault
from helpdesk.model.webhook import Webhook
from helpdesk.store import attachments, events, keys, sessions
from helpdesk.store.codec import to_item
from tests.functional.backstage.conftest import SARA, Backstage, Provider
from tests.functional.conftest import Answer, Client, SignIn
from tests.support.environment import ENVIRONMENT
from tests.support.routes import ROUTES

MARKER = "نشان-9F3A7C"
TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": "ثبت نشده است."}
MESSAGE = {"body": "خبری نشد؟"}

SEALED = Vault((ENVIRONMENT["WEBHOOK_KEY"],), WEBHOOK_SECRETS).seal("secret")


@dataclass
class Subscriber:
    """In the place of the internet."""

    calls: list[Delivery] = field(default_factory=list)

    def post(self, delivery: Delivery) -> str:
        """Take a call."""
        self.calls.append(delivery)
        return "204"


@pytest.fixture
def subscriber(backstage: Backstage, monkeypatch: pytest.MonkeyPatch) -> Subscriber:
    """One that wants every event."""
    taking = Subscriber()
    monkeypatch.setattr(
        backstage.function("webhook_sender"),
        "board",
        replace(backstage.function("webhook_sender").board, client=taking),
    )
    webhook = Webhook("w", "https://w.example/hook", SEALED, datetime(2026, 11, 1, tzinfo=UTC))
    backstage.aws.dynamodb.put_item(TableName="desk", Item={**keys.webhook(webhook.id), **to_item(webhook)})
    return taking


@pytest.fixture
def sara(backstage: Backstage, customer: SignIn) -> Client:
    """The customer who has a profile."""
    client, table = customer(SARA.name), backstage.aws.table("sessions")
    assert client.session
    table.commit([sessions.end(table, client.session.id)])
    session = replace(client.session, account_id=SARA.id)
    table.apply(sessions.creation(table, session))
    return replace(client, session=session)


@dataclass
class Life:
    """A ticket that went through everything, with a note and its file at each turn."""

    number: str
    message: str
    note: str
    file: str


def _file(backstage: Backstage, owner: Client) -> str:
    assert owner.session
    now = datetime.now(UTC)
    place = (new_id(now), owner.session.account_id, f"{MARKER}.png", "image/png", 9, AttachmentState.CLEAN, now, 0)
    file = Attachment(*place, swept_at=now + UNLINKED_LIFETIME, has_thumbnail=True)
    backstage.desk.apply(attachments.creation(backstage.desk, file))
    return file.id


@pytest.fixture
def life(backstage: Backstage, sara: Client, agent: SignIn) -> Life:
    boss = agent("مدیر", Role.SUPERVISOR, ())
    number = str(sara("POST", "/tickets", TICKET, key="t").body["number"])
    keys_ = iter(range(100))
    notes = []

    def write(client: Client, body: dict[str, Any]) -> Answer:
        answer = client("POST", f"/tickets/{number}/messages", body, key=str(next(keys_)))
        assert answer.status == 201, answer.body
        return answer

    def note() -> None:
        file = _file(backstage, boss)
        notes.append((write(boss, {"body": MARKER, "visibility": "internal", "attachments": [file]}).body["id"], file))

    def answer(**more: object) -> None:
        seen = boss("GET", f"/tickets/{number}").body["last_message_id"]
        write(boss, {"body": "بررسی شد.", "based_on": seen, **more})
        note()

    note()
    boss("POST", f"/tickets/{number}/claim")
    answer()
    message = write(sara, MESSAGE).body["id"]
    boss("PATCH", f"/tickets/{number}", {"priority": "high", "tags": ["چک"], "topic": "other"})
    boss("POST", f"/tickets/{number}/release")
    answer(resolve=True)
    boss("PATCH", f"/tickets/{number}", {"status": "open"})
    boss("PATCH", f"/tickets/{number}", {"status": "resolved"})
    note()
    return Life(number, message, *notes[-1])


def _every_request(sara: Client, life: Life) -> dict[tuple[str, str], Answer]:
    """One request to each route of customer_tickets that may show something of the ticket."""
    ticket, up_to = f"/tickets/{life.number}", {"up_to": life.note}
    upload = {"filename": "a.png", "content_type": "image/png", "size": 9}
    return {
        ("GET", "/form"): sara("GET", "/form"),
        ("GET", "/tickets"): sara("GET", "/tickets"),
        ("POST", "/tickets"): sara("POST", "/tickets", {**TICKET, "refers_to": life.number}, key="new"),
        ("GET", "/tickets/<number>"): sara("GET", ticket, query={"limit": "100"}),
        ("GET", "/tickets/<number>/messages"): sara("GET", f"{ticket}/messages", query={"limit": "100"}),
        ("POST", "/tickets/<number>/read"): sara("POST", f"{ticket}/read", up_to),
        ("POST", "/tickets/<number>/rating"): sara("POST", f"{ticket}/rating", {"score": 5}),
        ("POST", "/tickets/<number>/messages"): sara("POST", f"{ticket}/messages", MESSAGE, key="again"),
        ("POST", "/tickets/<number>/resolve"): sara("POST", f"{ticket}/resolve"),
        ("POST", "/attachments"): sara("POST", "/attachments", upload),
        ("GET", "/attachments/<attachment_id>"): sara("GET", f"/attachments/{life.file}"),
        ("GET", "/attachments/<attachment_id>/download"): sara("GET", f"/attachments/{life.file}/download"),
        ("GET", "/notifications"): sara("GET", "/notifications"),
        ("POST", "/notifications/read"): sara("POST", "/notifications/read", up_to),
    }


def _pages(sara: Client, path: str) -> Iterator[Answer]:
    query = {"limit": "1"}
    while True:
        page = sara("GET", path, query=query)
        yield page
        cursor = page.body["next_cursor"]
        if cursor is None:
            return
        query = {"limit": "1", "cursor": cursor}


def _bodies(backstage: Backstage) -> list[str]:
    """Every event that happened, as it goes into the queues."""
    items = [item for item in backstage.aws.items("desk") if item["sk"]["S"].startswith("EVENT#")]
    return [event_body(events.from_image(item)) for item in items]


def test_the_marker_is_there_for_staff(life: Life, agent: SignIn) -> None:
    """Else what follows would prove nothing."""
    seen = json.dumps(agent()("GET", f"/tickets/{life.number}").body, ensure_ascii=False)

    assert seen.count(f'"{MARKER}"') == 4
    assert seen.count(f'"{MARKER}.png"') == 4


def test_no_route_shows_a_customer_the_marker(sara: Client, life: Life) -> None:
    answers = _every_request(sara, life)

    assert set(answers) == {(method, path) for function, method, path in ROUTES if function == "customer_tickets"}
    shown = {
        route: json.dumps([answer.body, dict(answer.headers)], ensure_ascii=False) for route, answer in answers.items()
    }
    assert [route for route, text in shown.items() if MARKER in text or life.note in text] == []
    served = {route: answer.status for route, answer in answers.items() if answer.status >= 400}
    assert served == {
        ("GET", "/attachments/<attachment_id>"): 404,
        ("GET", "/attachments/<attachment_id>/download"): 404,
    }


@pytest.mark.parametrize("path", ["/tickets/{}/messages", "/notifications"])
def test_no_page_shows_a_customer_the_marker(sara: Client, life: Life, path: str) -> None:
    pages = list(_pages(sara, path.format(life.number)))

    assert not any(MARKER in json.dumps(page.body, ensure_ascii=False) for page in pages)
    if "messages" in path:
        assert len(pages) == 4  # what was said in public, and no empty pages where notes were passed over


def test_no_channel_tells_the_marker(
    backstage: Backstage, life: Life, phones: Provider, mailboxes: Provider, subscriber: Subscriber
) -> None:
    bodies = _bodies(backstage)

    for sender in ("sms_sender", "email_sender", "inbox_writer", "webhook_sender"):
        assert backstage.tell(sender, *bodies) == []

    told = [*map(repr, phones.sent), *map(repr, mailboxes.sent), *(call.body for call in subscriber.calls)]
    inbox = [item for item in backstage.aws.items("desk") if item["sk"]["S"].startswith("NOTIFICATION")]
    assert phones.sent
    assert mailboxes.sent
    assert inbox
    assert {EventType(json.loads(call.body)["type"]) for call in subscriber.calls} >= {
        EventType.NOTE_ADDED,
        EventType.TICKET_ANSWERED,
    }
    assert not any(MARKER in text for text in (*bodies, *told, repr(inbox)))


def test_the_marker_stands_where_only_staff_look(backstage: Backstage, life: Life) -> None:
    holding = [
        item["sk"]["S"].partition("#")[0]
        for item in backstage.aws.items("desk")
        if MARKER in json.dumps(item, ensure_ascii=False)
    ]

    # an agent's own Idempotency-Key remembers what it was answered with
    assert set(holding) == {"INTERNAL", "ATTACHMENT", "IDEMPOTENCY"}
