"""The customers' tickets, attachments and notifications behind the public API."""

from customer_tickets import form, notifications, services, tickets
from helpdesk.edge.attachment_routes import attachment_router
from helpdesk.edge.gateway import Gateway, build_api
from helpdesk.model.people import Kind

api = build_api(Kind.CUSTOMER)
for module in (form, tickets, notifications):
    api.include_router(module.router)
api.include_router(attachment_router(services.office, services.quarantine, services.files))

handler = Gateway(
    api,
    sessions=services.sessions,
    kind=Kind.CUSTOMER,
    origin=services.origin,
    origin_verify=services.origin_verify,
)
