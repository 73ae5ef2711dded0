"""Staff look a customer up."""

from helpdesk.actions.office import Office
from helpdesk.model.errors import NotFoundError
from helpdesk.model.people import Customer, Session
from helpdesk.model.ticket import Ticket
from helpdesk.store import customers
from helpdesk.store.codec import Item


def find_customer(office: Office, phone: str) -> str:
    """The id of the customer of this phone number; one request.

    Raises:
        NotFoundError: nobody has this number.
    """
    customer_id = customers.find_id(office.desk, phone)
    if customer_id is None:
        raise NotFoundError
    return customer_id


def read_customer(
    office: Office, agent: Session, customer_id: str, limit: int, start: Item | None
) -> tuple[Customer, list[Ticket], Item | None]:
    """A customer with a page of the tickets that the agent may see; one request.

    Further pages read the profile by itself.

    Raises:
        NotFoundError: there is no such customer.
    """
    customer, tickets, end = customers.find_with_tickets(office.desk, customer_id, limit, start)
    customer = customer or customers.find(office.desk, customer_id)
    if customer is None:
        raise NotFoundError
    return customer, [ticket for ticket in tickets if agent.sees(ticket.topic)], end
