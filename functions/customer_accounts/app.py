"""Customers' accounts behind the public API: registration, sign-in, sessions, password resets, profile."""

from customer_accounts import services
from helpdesk.edge.api import Api
from helpdesk.edge.gateway import Gateway
from helpdesk.model.people import Kind

SECTIONS = ("registrations", "sessions", "password_resets", "me")

api = Api(Kind.CUSTOMER, "customer_accounts", SECTIONS)

handler = Gateway(
    api,
    sessions=services.registry.sessions,
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
