"""Customers' accounts behind the public API: registration, sign-in, sessions, password resets, profile."""

from customer_accounts import me, password_resets, registrations, services, sessions
from helpdesk.edge.gateway import Gateway, build_api
from helpdesk.model.people import Kind

api = build_api(Kind.CUSTOMER)
for module in (registrations, sessions, password_resets, me):
    api.include_router(module.router)

handler = Gateway(
    api,
    sessions=services.registry.sessions,
    kind=Kind.CUSTOMER,
    public=(
        ("POST", "/registrations"),
        ("POST", "/registrations/<registration_id>/confirm"),
        ("POST", "/registrations/<registration_id>/resend"),
        ("POST", "/sessions"),
        ("POST", "/password-resets"),
        ("POST", "/password-resets/<reset_id>/confirm"),
        ("POST", "/password-resets/<reset_id>/resend"),
    ),
    origin=services.origin,
    origin_verify=services.origin_verify,
)
