"""Routes of the customer card."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import cursors, office
from helpdesk.actions.read_customer import find_customer, read_customer
from helpdesk.edge.desk_models import CustomerCard, DeskTicket, DeskTicketPage
from helpdesk.edge.fields import Cursor, Limit, PathId, Phone
from helpdesk.edge.gateway import caller

router = Router()


@router.get("/customers", tags=["customers"], summary="A customer by phone number, with tickets")
def read_by_phone(phone: Annotated[Phone, Query()], limit: Limit = 20, cursor: Cursor = None) -> CustomerCard:
    """The customer's profile and tickets; an agent sees those of its topics."""
    return _card(find_customer(office, phone), limit, cursor)


@router.get("/customers/<customer_id>", tags=["customers"], summary="A customer, with tickets")
def read(customer_id: PathId, limit: Limit = 20, cursor: Cursor = None) -> CustomerCard:
    """The customer's profile and tickets; an agent sees those of its topics."""
    return _card(customer_id, limit, cursor)


def _card(customer_id: str, limit: int, cursor: str | None) -> CustomerCard:
    """A cursor serves both routes, since it is bound to the customer."""
    agent, query = caller(router), f"customer {customer_id}"
    start = cursors.open(cursor, agent.account_id, query)
    customer, tickets, end = read_customer(office, agent, customer_id, limit, start)
    page = DeskTicketPage(
        items=[DeskTicket.of(ticket) for ticket in tickets],
        next_cursor=cursors.seal(end, agent.account_id, query),
    )
    return CustomerCard.of(customer, page)
