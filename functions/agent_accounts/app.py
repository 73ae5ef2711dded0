"""Accounts of staff behind the internal API: sign-in with a second factor, invitations, the directory."""

from agent_accounts import invitations, me, services, sessions, staff
from agent_accounts.first_admin import OperatorGateway
from helpdesk.edge.gateway import build_api
from helpdesk.model.people import Kind

api = build_api(Kind.AGENT)
for module in (sessions, invitations, me, staff):
    api.include_router(module.router)

handler = OperatorGateway(
    api,
    sessions=services.registry.sessions,
    kind=Kind.AGENT,
    public=(
        ("POST", "/sessions"),
        ("POST", "/sessions/recovery"),
        ("POST", "/sessions/confirm"),
        ("POST", "/invitations/<token>/accept"),
    ),
    origin=services.origin,
)
