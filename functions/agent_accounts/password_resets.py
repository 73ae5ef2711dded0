"""Route of staff's password resets."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from agent_accounts.services import registry
from helpdesk.actions.staff_password import use_password_reset
from helpdesk.edge.gateway import current_time
from helpdesk.edge.staff_models import PasswordChosen

router = Router()


@router.post("/password-resets/<token>", tags=["staff"], summary="Set a new password", status_code=204)
def use(token: Annotated[str, Path(max_length=100)], chosen: PasswordChosen) -> None:
    """The password is set and every session ends; signing in wants the second factor as before."""
    use_password_reset(registry, token, chosen.password, router.context["address"], current_time(router))
