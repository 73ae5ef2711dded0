"""The agents' queue, tickets, customers, canned replies, reports, webhooks and audit trail behind the internal API."""

from agent_desk import services
from helpdesk.edge.api import Api
from helpdesk.edge.gateway import Gateway
from helpdesk.model.people import Kind

SECTIONS = ("queue", "tickets", "customers", "canned_replies", "reports", "audit", "form", "attachments", "webhooks")

api = Api(Kind.AGENT, "agent_desk", SECTIONS)

handler = Gateway(api, sessions=services.sessions, origin=services.origin)
