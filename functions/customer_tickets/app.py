"""The customers' tickets, attachments and notifications behind the public API."""

from customer_tickets import services
from helpdesk.edge.api import Api
from helpdesk.edge.gateway import Gateway
from helpdesk.model.people import Kind

SECTIONS = ("form", "tickets", "notifications", "attachments")

api = Api(Kind.CUSTOMER, "customer_tickets", SECTIONS)

handler = Gateway(
    api,
    sessions=services.sessions,
    origin=services.origin,
    origin_verify=services.origin_verify,
)
