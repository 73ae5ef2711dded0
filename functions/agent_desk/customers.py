"""Route of the customer card."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from agent_desk.services import cursors, office
from helpdesk.actions.read_customer import read_customer
from helpdesk.edge.desk_models import CustomerCard, DeskTicket, DeskTicketPage
from helpdesk.edge.fields import Cursor, Limit, Phone
from helpdesk.edge.gateway import caller

router = Router()


@router.get("/customers", tags=["customers"], summary="A customer by phone number, with tickets")
def read(phone: Annotated[Phone, Query()], limit: Limit = 20, cursor: Cursor = None) -> CustomerCard:
    """The customer's profile and tickets; an agent sees those of its topics."""
    agent, query = caller(router), f"customer {phone}"
    start = cursors.open(cursor, agent.account_id, query)
    customer, tickets, end = read_customer(office, agent, phone, limit, start)
    return CustomerCard(
        id=customer.id,
        name=customer.name,
        phone=customer.phone,
        language=customer.language,
        created_at=customer.created_at,
        tickets=DeskTicketPage(
            items=[DeskTicket.of(ticket) for ticket in tickets],
            next_cursor=cursors.seal(end, agent.account_id, query),
        ),
    )
