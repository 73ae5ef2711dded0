"""The table of docs/security.md is true: every route of the internal API, called with every role."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any

import pyotp
import pytest

from helpdesk.actions.invite_staff import staff_writes
from helpdesk.model.account import Credentials, SessionEntry
from helpdesk.model.identifiers import new_id
from helpdesk.model.passwords import hash_password
from helpdesk.model.people import Role, StaffMember
from helpdesk.model.vault import Vault
from tests.functional.conftest import Answer, Aws, Client, SignIn
from tests.functional.desk.conftest import PHONE, TOPICS, CleanFile, as_account, id_of, opened
from tests.support.environment import ENVIRONMENT
from tests.support.routes import FUNCTIONS, PUBLIC, ROUTES
from tests.support.template import ROOT

PASSWORD = "a-long-enough-secret"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OWN, OTHER = "credit", "other"
REPLY = {"title": "عنوان", "body": "سلام"}
HOOK = {"url": "https://127.0.0.1.invalid/hook"}  # a name that leads nowhere
type Route = tuple[str, str]


def _written() -> dict[Route, dict[Role, str]]:
    """The table, by route and role."""
    lines = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    heading, *_ = rows
    roles = [Role(name) for name in heading[1:]]
    found: dict[Route, dict[Role, str]] = {}
    for name, *cells in rows[1:]:
        method, _, path = name.partition(" ")
        if path.startswith("/"):
            found[method, re.sub(r"\{(\w+)\}", r"<\1>", path)] = dict(zip(roles, cells, strict=True))
    return found


MATRIX = _written()


def test_the_table_has_every_route_that_needs_a_session() -> None:
    internal = {(method, path) for function, method, path in ROUTES if function in ("agent_accounts", "agent_desk")}

    assert set(MATRIX) == internal - PUBLIC
    assert {cell for cells in MATRIX.values() for cell in cells.values()} == {"yes", "own topics", "no"}


@dataclass
class World:
    """A company with somebody in each role, and whatever a request needs, made new for each request."""

    aws: Aws
    sara: Client
    staff: dict[Role, Client]
    clean_file: CleanFile
    numbers: Any = field(default_factory=count)

    @property
    def boss(self) -> Client:
        """Whoever may do what the tests prepare."""
        return self.staff[Role.SUPERVISOR]

    def ticket(self, topic: str) -> str:
        """The number of a new ticket."""
        return opened(self.sara, topic=topic)

    def reply(self, topic: str) -> str:
        """The id of a new canned reply."""
        return str(self.boss("POST", "/canned-replies", {**REPLY, "topic": topic}).body["id"])

    def file(self, topic: str) -> str:
        """The id of a file in a note on a new ticket."""
        file, body = self.clean_file(self.boss), {"body": "ببینید", "visibility": "internal"}
        path = f"/tickets/{self.ticket(topic)}/messages"
        assert self.boss("POST", path, {**body, "attachments": [file]}, key=f"note {next(self.numbers)}").status == 201
        return file

    def export(self, _: str) -> str:
        """The id of a new export."""
        return str(self.boss("POST", "/reports/exports", {"from": "2026-11-23", "to": "2026-11-23"}).body["id"])

    def webhook(self, _: str) -> str:
        """The id of a new subscription."""
        return str(self.staff[Role.ADMIN]("POST", "/webhooks", HOOK).body["id"])

    def member(self) -> str:
        """The id of somebody new, who works on every topic."""
        return employ(self.aws, f"{next(self.numbers)}@desk.example", Role.AGENT, TOPICS).id


def employ(
    aws: Aws, email: str, role: Role, topics: tuple[str, ...], sessions: tuple[SessionEntry, ...] = ()
) -> StaffMember:
    """Somebody with an account and an entry in the directory."""
    member = StaffMember(new_id(datetime.now(UTC)), email, email, role, topics, True, datetime.now(UTC))
    sealed = Vault((ENVIRONMENT["TOTP_KEY"], "")).seal(TOTP_SECRET)
    credentials = Credentials(member.id, email, _password_hash(), sessions, totp_sealed=sealed)
    aws.table("accounts").commit(staff_writes(aws.table("accounts"), aws.table("desk"), credentials, member))
    return member


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def world(aws: Aws, sara: Client, agent: SignIn, clean_file: CleanFile) -> World:
    staff = {}
    for role in Role:
        topics = (OWN,) if role == Role.AGENT else ()
        client = agent(role, role, topics)
        assert client.session
        session = SessionEntry(client.session.id, client.session.ends_at)
        member = employ(aws, f"{role}@desk.example", role, topics, (session,))
        staff[role] = as_account(aws, client, member.id)
    return World(aws, sara, staff, clean_file)


@dataclass(frozen=True)
class Call:
    """A request to a route about something of a topic.

    Args:
        about: makes what the request is about, and gives its id.
        body: of the request.
        query: of the request; may name what it is about.
        is_list: whether the answer shows it among others, if it may be seen.
    """

    about: Callable[[World, str], str] = lambda _, __: ""
    body: Callable[[World], Any] = lambda _: None
    query: Callable[[str], dict[str, str]] = lambda _: {}
    is_list: bool = False


CALLS: dict[Route, Call] = {
    ("GET", "/me"): Call(),
    ("POST", "/me/password"): Call(body=lambda _: {"current_password": PASSWORD, "password": f"{PASSWORD}-2"}),
    ("GET", "/me/recovery-codes"): Call(),
    ("POST", "/me/recovery-codes"): Call(
        body=lambda _: {"password": PASSWORD, "code": pyotp.TOTP(TOTP_SECRET).now()},
    ),
    ("GET", "/sessions"): Call(),
    ("DELETE", "/sessions"): Call(),
    ("DELETE", "/sessions/current"): Call(),
    ("DELETE", "/sessions/<session_id>"): Call(),
    ("GET", "/form"): Call(),
    ("GET", "/queue"): Call(World.ticket, is_list=True),
    ("GET", "/tickets/<number>"): Call(World.ticket),
    ("GET", "/tickets/<number>/messages"): Call(World.ticket),
    ("GET", "/tickets/<number>/history"): Call(World.ticket),
    ("GET", "/tickets/<number>/assignees"): Call(World.ticket),
    ("POST", "/tickets/<number>/messages"): Call(World.ticket, lambda _: {"body": "تماس", "visibility": "internal"}),
    ("PATCH", "/tickets/<number>"): Call(World.ticket, lambda _: {"priority": "high"}),
    ("POST", "/tickets/<number>/claim"): Call(World.ticket),
    ("POST", "/tickets/<number>/release"): Call(World.ticket),
    ("POST", "/tickets/<number>/assign"): Call(World.ticket, lambda world: {"agent_id": world.member()}),
    ("GET", "/customers"): Call(World.ticket, query=lambda _: {"phone": PHONE}, is_list=True),
    ("GET", "/customers/<customer_id>"): Call(World.ticket, is_list=True),
    ("POST", "/attachments"): Call(body=lambda _: {"filename": "a.png", "content_type": "image/png", "size": 9}),
    ("GET", "/attachments/<attachment_id>"): Call(),
    ("GET", "/attachments/<attachment_id>/download"): Call(World.file),
    ("GET", "/canned-replies"): Call(World.reply, is_list=True),
    ("GET", "/canned-replies/<reply_id>"): Call(World.reply),
    ("POST", "/canned-replies"): Call(body=lambda _: REPLY),
    ("PATCH", "/canned-replies/<reply_id>"): Call(World.reply, lambda _: {"title": "دیگر"}),
    ("DELETE", "/canned-replies/<reply_id>"): Call(World.reply),
    ("GET", "/reports/summary"): Call(query=lambda _: {"from": "2026-11-23", "to": "2026-11-23"}),
    ("POST", "/reports/exports"): Call(body=lambda _: {"from": "2026-11-23", "to": "2026-11-23"}),
    ("GET", "/reports/exports/<export_id>"): Call(World.export),
    ("GET", "/webhooks"): Call(),
    ("GET", "/webhooks/<webhook_id>"): Call(World.webhook),
    ("POST", "/webhooks"): Call(body=lambda _: HOOK),
    ("PATCH", "/webhooks/<webhook_id>"): Call(World.webhook, lambda _: {"enabled": False}),
    ("POST", "/webhooks/<webhook_id>/secret"): Call(World.webhook),
    ("POST", "/webhooks/<webhook_id>/test"): Call(World.webhook),
    ("POST", "/webhooks/<webhook_id>/resume"): Call(World.webhook),
    ("DELETE", "/webhooks/<webhook_id>"): Call(World.webhook),
    ("GET", "/audit"): Call(),
    ("GET", "/staff"): Call(),
    ("GET", "/staff/<staff_id>"): Call(lambda world, _: world.member()),
    ("POST", "/staff"): Call(body=lambda _: {"email": "new@desk.example", "role": "agent", "topics": [OWN]}),
    ("PATCH", "/staff/<staff_id>"): Call(lambda world, _: world.member(), lambda _: {"name": "نام تازه"}),
    ("POST", "/staff/<staff_id>/password-reset"): Call(lambda world, _: world.member()),
}


def _asked(world: World, route: Route, caller: Client, topic: str) -> tuple[Answer, bool]:
    """The answer, and whether it shows what it was asked about."""
    method, pattern = route
    call = CALLS[route]
    about = call.about(world, topic)
    assert caller.session
    places = {
        "customer_id": id_of(world.sara),
        "attachment_id": about or world.clean_file(caller),
        "session_id": caller.session.id,
    }
    path = re.sub(r"<(\w+)>", lambda place: places.get(place[1], about), pattern)
    function = next(name for name, *rest in ROUTES if tuple(rest) == route and name.startswith("agent_"))
    client = replace(caller, handler=import_module(f"{function}.app").handler)
    answer = client(method, path, call.body(world), query=call.query(topic), key=f"key {next(world.numbers)}")
    return answer, not call.is_list or about in str(answer.body)


def _is_done(world: World, route: Route, role: Role, topic: str) -> bool:
    """Whether it was done; what was not done was refused as something that is not there."""
    answer, is_shown = _asked(world, route, world.staff[role], topic)
    assert answer.status < 400 or answer.status == 404, answer.body
    return answer.status < 400 and is_shown


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", MATRIX, ids=" ".join)
def test_the_table_is_true(world: World, route: Route, role: Role) -> None:
    match MATRIX[route][role]:
        case "no":
            assert _asked(world, route, world.staff[role], OWN)[0].status == 403
        case "own topics":
            assert _is_done(world, route, role, OWN)
            assert not _is_done(world, route, role, OTHER)
        case _:
            assert _is_done(world, route, role, OTHER)


def test_nobody_has_fewer_rights_than_the_role_below() -> None:
    rank = ["no", "own topics", "yes"]

    for route, cells in MATRIX.items():
        ranks = [rank.index(cells[role]) for role in Role]
        assert ranks == sorted(ranks), route


def test_every_function_of_the_internal_api_is_looked_at() -> None:
    assert {name for name in FUNCTIONS if name.startswith("agent_")} == {"agent_accounts", "agent_desk"}
