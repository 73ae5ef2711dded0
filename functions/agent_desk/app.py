"""The agents' queue, tickets, customers, canned replies, reports, webhooks and audit trail behind the internal API."""

from agent_desk import audit, canned_replies, customers, form, queue, reports, services, tickets, webhooks
from helpdesk.edge.attachment_routes import attachment_router
from helpdesk.edge.gateway import Gateway, build_api
from helpdesk.model.people import Kind

api = build_api(Kind.AGENT)
for module in (queue, tickets, customers, canned_replies, reports, audit, form, webhooks):
    api.include_router(module.router)
api.include_router(attachment_router(services.office, services.quarantine, services.files))

handler = Gateway(api, sessions=services.sessions, kind=Kind.AGENT, origin=services.origin)
