"""Staff look a customer up."""

from helpdesk.actions.office import Office
from helpdesk.model.errors import NotFoundError
from helpdesk.model.people import Customer, Session
from helpdesk.model.ticket import Ticket
from helpdesk.store import customers
from helpdesk.store.codec import Item


def read_customer(
    office: Office, agent: Session, phone: str, limit: int, start: Item | None
) -> tuple[Customer, list[Ticket], Item | None]:
    """The customer of this phone number with a page of the tickets that the agent may see; two requests.

    Further pages read the profile by itself.

    Raises:
        NotFoundError: nobody has this number.
    """
    customer_id = customers.find_id(office.desk, phone)
    if customer_id is None:
        raise NotFoundError
    customer, tickets, end = customers.find_with_tickets(office.desk, customer_id, limit, start)
    customer = customer or customers.find(office.desk, customer_id)
    if customer is None:
        raise NotFoundError
    return customer, [ticket for ticket in tickets if agent.sees(ticket.topic)], end
