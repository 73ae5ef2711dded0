"""Accounts of staff behind the internal API: sign-in with a second factor, invitations, the directory."""

from agent_accounts import services
from agent_accounts.gateway import OperatorGateway
from helpdesk.edge.api import Api
from helpdesk.model.people import Kind

SECTIONS = ("sessions", "invitations", "password_resets", "me", "staff")

api = Api(Kind.AGENT, "agent_accounts", SECTIONS)

handler = OperatorGateway(
    api,
    sessions=services.registry.sessions,
    public=(
        ("POST", "/sessions"),
        ("POST", "/sessions/recovery"),
        ("POST", "/sessions/confirm"),
        ("POST", "/invitations/<token>/accept"),
        ("POST", "/password-resets/<token>"),
    ),
    origin=services.origin,
)
