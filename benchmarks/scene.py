"""A customer, an agent and a ticket with its messages as they stand in the tables, made by the product's own code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from helpdesk.actions.office import Office
from helpdesk.actions.open_ticket import TicketRequest, open_ticket
from helpdesk.edge.rules import load_rules
from helpdesk.edge.sla import load_sla
from helpdesk.model.identifiers import new_id
from helpdesk.model.message import Message, Visibility
from helpdesk.model.people import Customer, Kind, Role, Session, StaffMember
from helpdesk.model.tokens import token_id
from helpdesk.store import customers, messages, sessions, staff
from helpdesk.store.codec import Item
from helpdesk.store.idempotency import Attempt
from helpdesk.store.table import Table, Write

CUSTOMER_TOKEN, AGENT_TOKEN = "customer", "agent"
PAGE = 20
TEXT = "سلام، قسط دوم خود را پرداخت کرده‌ام اما در پنل ثبت نشده است. لطفاً بررسی کنید."
NOW = datetime.now(UTC)
NOBODY = Table(None, "desk")
SARA = Customer("01ARZ3NDEKTSV4RRFFQ69G5FAV", "+989120000001", "سارا محمدی", "fa", NOW)
REZA = StaffMember("01ARZ3NDEKTSV4RRFFQ69G5FAW", "reza@desk.example", "رضا کریمی", Role.ADMIN, (), True, NOW)
SARAS_SESSION = Session(
    token_id(CUSTOMER_TOKEN), Kind.CUSTOMER, SARA.id, SARA.name, "fa", NOW, NOW, NOW + timedelta(hours=9)
)
REZAS_SESSION = replace(
    SARAS_SESSION, id=token_id(AGENT_TOKEN), kind=Kind.AGENT, account_id=REZA.id, name=REZA.name, role=REZA.role
)


class _Catcher:
    """A client that keeps what it is told to write."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def transact_write_items(self, TransactItems: list[dict[str, Any]]) -> None:  # noqa: N803
        self.items += [write["Put"]["Item"] for write in TransactItems if "Put" in write]


def put_item(write: Write) -> Item:
    """What a write puts."""
    item: Item = write.request["Put"]["Item"]
    return item


def new_ticket() -> Item:
    """The item of a ticket that Sara has just opened."""
    caught = _Catcher()
    office = Office(Table(caught, "desk"), load_rules(), load_sla(), shards=4)
    request = TicketRequest("credit", "normal", "قسط دوم", TEXT, (), None)
    open_ticket(office, SARAS_SESSION, request, attempt=Attempt(SARA.id, "key", ""), counters=[], now=NOW)
    return next(item for item in caught.items if "last_message_id" in item)


def new_messages(number: str) -> list[Item]:
    """A page of messages of the ticket."""
    return [
        put_item(
            messages.creation(
                NOBODY, Message(new_id(NOW), number, SARAS_SESSION.actor, Visibility.PUBLIC, TEXT, NOW, (), "salt")
            )
        )
        for _ in range(PAGE)
    ]


SESSION_ITEMS = [put_item(sessions.creation(NOBODY, session)) for session in (SARAS_SESSION, REZAS_SESSION)]
PEOPLE_ITEMS = [put_item(customers.creation(NOBODY, SARA)), put_item(staff.creation(NOBODY, REZA))]
