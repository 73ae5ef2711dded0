"""Pages of the queue while others work on it: what does not move is seen once, in its order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from helpdesk.actions import agent_tickets
from helpdesk.actions.agent_tickets import TicketPatch
from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.actions.work_queue import list_queue
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.people import Kind, Role, Session
from helpdesk.model.ticket import Status
from helpdesk.store.idempotency import Attempt
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.desk.conftest import TOPICS, opened

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # Monday 09:30 in Tehran
MOST = 45  # else a walk in small steps would never come to its end
SARA = Session("", Kind.CUSTOMER, "sara", "سارا", "fa", NOW, NOW, NOW)
REZA = Session("", Kind.AGENT, "reza", "رضا", "fa", NOW, NOW, NOW, Role.AGENT, TOPICS)
LEILA = Session("", Kind.AGENT, "leila", "لیلا", "fa", NOW, NOW, NOW, Role.AGENT, TOPICS)


@pytest.fixture
def office(aws: Aws) -> Office:
    return Office(aws.table("desk"), load_rules(), load_sla(), shards=4)


class Desk:
    """A queue that moves: by a seed, so that a failure can be seen again."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance = office, Random(seed)
        self.opened = 0
        self.moved: set[str] = set()
        self.standing: list[str] = []

    def open(self) -> str:
        """One ticket more, of any topic and priority, somewhere in the queue."""
        self.opened += 1
        priority = self.chance.choice(sorted(self.office.rules.priorities))
        request = TicketRequest(self.chance.choice(TOPICS), priority, "قسط", "شرح", (), None)
        now = NOW + timedelta(minutes=self.chance.randrange(600))
        attempt = Attempt(SARA.account_id, str(self.opened), "")
        return open_ticket(self.office, SARA, request, attempt=attempt, counters=(), now=now).number

    def disturb(self) -> None:
        """What colleagues and customers do between two pages."""
        changes: list[Callable[[str], object]] = [
            lambda number: agent_tickets.claim(self.office, LEILA, number, NOW),
            lambda number: agent_tickets.change(self.office, LEILA, number, _patch(priority="urgent"), NOW),
            lambda number: agent_tickets.change(self.office, LEILA, number, _patch(topic="other"), NOW),
            lambda number: agent_tickets.change(self.office, LEILA, number, _patch(status="resolved"), NOW),
        ]
        for number in self.chance.sample(self.standing, 2):
            if number not in self.moved:
                self.moved.add(number)
                self.chance.choice(changes)(number)
        if self.opened < MOST:
            self.open()


def _patch(priority: str | None = None, topic: str | None = None, status: str | None = None) -> TicketPatch:
    return TicketPatch(priority, topic, Status(status) if status else None)


def _walk(desk: Desk, assignee: str | None, limit: int) -> list[str]:
    """Every number on the way from the first page to the last, with disturbances in between."""
    seen: list[str] = []
    place: str | None = None
    while True:
        page, place = list_queue(desk.office, REZA, None, assignee, limit, place)
        seen += [ticket.number for ticket in page]
        if place is None:
            return seen
        desk.disturb()


@pytest.mark.parametrize("assignee", [None, "none"])
@pytest.mark.parametrize("limit", [4, 7])
def test_what_does_not_move_is_seen_once_and_in_order(office: Office, assignee: str | None, limit: int) -> None:
    desk = Desk(office, seed=limit)
    desk.standing = [desk.open() for _ in range(30)]
    before, _ = list_queue(office, REZA, None, assignee, 100, None)

    seen = _walk(desk, assignee, limit)

    still = [ticket.number for ticket in before if ticket.number not in desk.moved]
    assert len(still) > 5
    assert [number for number in seen if number in still] == still


def test_a_page_is_the_same_however_it_is_cut(office: Office) -> None:
    desk = Desk(office, seed=0)
    for _ in range(40):
        desk.open()
    whole, _ = list_queue(office, REZA, None, None, 100, None)

    dues = [(ticket.clocks.response_due_at, ticket.number) for ticket in whole]
    assert dues == sorted(dues)
    for limit in (3, 39, 40):
        pieces, place = list_queue(office, REZA, None, None, limit, None)
        while place:
            more, place = list_queue(office, REZA, None, None, limit, place)
            pieces += more
        assert pieces == whole, limit


def test_a_cursor_serves_its_owner_and_its_query_alone(customer: SignIn, agent: SignIn) -> None:
    sara, reza, leila = customer(), agent("رضا"), agent("لیلا")
    for _ in range(3):
        opened(sara)
    cursor = reza("GET", "/queue", query={"limit": "1"}).body["next_cursor"]

    def status(reader: Client, cursor: str, **query: str) -> int:
        return reader("GET", "/queue", query={"limit": "1", "cursor": cursor, **query}).status

    flipped = ("B" if cursor[5] == "A" else "A").join((cursor[:5], cursor[6:]))
    assert status(reza, cursor) == 200
    assert [status(leila, cursor), status(reza, cursor, topic="credit"), status(reza, cursor, assignee="me")] == [
        400
    ] * 3
    assert [status(reza, wrong) for wrong in (flipped, cursor[:-4], cursor + "AAAA", "", "é", "{}")] == [400] * 6
