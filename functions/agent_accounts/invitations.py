"""Route of invitations to the staff."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from agent_accounts.services import registry
from helpdesk.actions.invite_staff import accept_invitation
from helpdesk.edge.gateway import current_time
from helpdesk.edge.staff_models import Acceptance, Accepted, StaffAccount

router = Router()


@router.post("/invitations/<token>/accept", tags=["staff"], summary="Accept an invitation", status_code=201)
def accept(token: Annotated[str, Path(max_length=100)], acceptance: Acceptance) -> Accepted:
    """A name and a password make an account; signing in comes next, and enrols the second factor."""
    member = accept_invitation(registry, token, acceptance.name, acceptance.password, current_time(router))
    return Accepted(account=StaffAccount.of(member))
