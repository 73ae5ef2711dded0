"""Routes of a ticket as agents work on it."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from agent_desk.services import cursors, office
from helpdesk.actions import agent_tickets
from helpdesk.actions.reply_to_ticket import reply
from helpdesk.edge.desk_models import (
    Assignment,
    DeskMessage,
    DeskMessagePage,
    DeskTicket,
    DeskTicketWithMessages,
    HistoryEntry,
    HistoryPage,
    NewReply,
    Patch,
    People,
    Person,
)
from helpdesk.edge.fields import Cursor, IdempotencyKey, Limit, PathDeskNumber
from helpdesk.edge.gateway import caller, current_time
from helpdesk.model.message import Message
from helpdesk.store.codec import Item
from helpdesk.store.idempotency import Attempt

router = Router()


@router.get("/tickets/<number>", tags=["tickets"], summary="A ticket with its newest messages and notes")
def read(number: PathDeskNumber, limit: Limit = 20) -> DeskTicketWithMessages:
    """A ticket of the agent's topics and the newest page of its timeline."""
    ticket, messages, end = agent_tickets.read_ticket(office, caller(router), number, limit)
    return DeskTicketWithMessages.with_page(ticket, _message_page(number, messages, end))


@router.get("/tickets/<number>/messages", tags=["messages"], summary="Messages and notes, newest first")
def list_messages(number: PathDeskNumber, limit: Limit = 20, cursor: Cursor = None) -> DeskMessagePage:
    """A page of the timeline of a ticket of the agent's topics."""
    agent = caller(router)
    start = cursors.open(cursor, agent.account_id, f"messages {number}")
    messages, end = agent_tickets.list_timeline(office, agent, number, limit, start)
    return _message_page(number, messages, end)


def _message_page(number: str, messages: list[Message], end: Item | None) -> DeskMessagePage:
    return DeskMessagePage(
        items=[DeskMessage.of(message) for message in messages],
        next_cursor=cursors.seal(end, caller(router).account_id, f"messages {number}"),
    )


@router.get("/tickets/<number>/history", tags=["tickets"], summary="Who did what when, newest first")
def list_history(number: PathDeskNumber, limit: Limit = 50, cursor: Cursor = None) -> HistoryPage:
    """A page of the events of a ticket of the agent's topics."""
    agent, query = caller(router), f"history {number}"
    start = cursors.open(cursor, agent.account_id, query)
    events, end = agent_tickets.list_history(office, agent, number, limit, start)
    return HistoryPage(
        items=[HistoryEntry.of(event) for event in events],
        next_cursor=cursors.seal(end, agent.account_id, query),
    )


@router.post("/tickets/<number>/messages", tags=["messages"], summary="Answer, or leave a note", status_code=201)
def add_message(number: PathDeskNumber, message: NewReply, idempotency_key: IdempotencyKey) -> DeskMessage:
    """Answer the customer or leave an internal note; the same key and body give the same answer again."""
    agent, route = caller(router), f"/tickets/{number}/messages"
    written = reply(
        office,
        agent,
        number,
        message.reply(),
        attempt=Attempt.of(agent.account_id, idempotency_key, route, message.model_dump()),
        now=current_time(router),
    )
    return DeskMessage.of(written)


@router.post("/tickets/<number>/claim", tags=["tickets"], summary="Take a ticket")
def claim(number: PathDeskNumber) -> DeskTicket:
    """The ticket is the agent's; if a colleague was first, the answer says who."""
    return DeskTicket.of(agent_tickets.claim(office, caller(router), number, current_time(router)))


@router.post("/tickets/<number>/release", tags=["tickets"], summary="Put a ticket back")
def release(number: PathDeskNumber) -> DeskTicket:
    """The ticket is nobody's again."""
    return DeskTicket.of(agent_tickets.release(office, caller(router), number, current_time(router)))


@router.post("/tickets/<number>/assign", tags=["tickets"], summary="Give a ticket to somebody")
def assign(number: PathDeskNumber, assignment: Assignment) -> DeskTicket:
    """The ticket is another's; for supervisors."""
    ticket = agent_tickets.assign(office, caller(router), number, assignment.agent_id, current_time(router))
    return DeskTicket.of(ticket)


@router.get("/tickets/<number>/assignees", tags=["tickets"], summary="Whom a ticket may be given to")
def list_assignees(number: PathDeskNumber) -> People:
    """Those who work on the ticket's topic; for supervisors."""
    members = agent_tickets.list_assignees(office, caller(router), number)
    return People(items=[Person(id=member.id, name=member.name) for member in members])


@router.patch("/tickets/<number>", tags=["tickets"], summary="Change priority, topic, status or tags")
def change(number: PathDeskNumber, patch: Patch) -> DeskTicket:
    """Several changes in one step, with one event."""
    return DeskTicket.of(agent_tickets.change(office, caller(router), number, patch.patch(), current_time(router)))
