"""Routes of a lost password."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from customer_accounts.services import registry
from helpdesk.actions.reset_password import confirm_reset, start_reset
from helpdesk.actions.send_code import resend_code
from helpdesk.edge.account_models import ResetConfirmation, ResetRequest, ResetStarted
from helpdesk.edge.fields import Id
from helpdesk.edge.gateway import current_time, language
from helpdesk.model.account import Purpose

router = Router()

ResetId = Annotated[Id, Path()]


@router.post("/password-resets", tags=["accounts"], summary="Ask for a new password", status_code=202)
def start(reset: ResetRequest) -> ResetStarted:
    """A code goes to the number by SMS, if it has an account."""
    address = router.context["address"]
    return _started(start_reset(registry, reset.phone, address, language(router), current_time(router)))


@router.post("/password-resets/<reset_id>/resend", tags=["accounts"], summary="Send another code", status_code=202)
def resend(reset_id: ResetId) -> ResetStarted:
    """Another code goes out, and the one before counts no more."""
    address = router.context["address"]
    resend_code(registry, Purpose.PASSWORD_RESET, reset_id, address, language(router), current_time(router))
    return _started(reset_id)


@router.post("/password-resets/<reset_id>/confirm", tags=["accounts"], summary="Set a new password", status_code=204)
def confirm(reset_id: ResetId, confirmation: ResetConfirmation) -> None:
    """The password is set, and every session of the account ends."""
    address = router.context["address"]
    confirm_reset(registry, reset_id, confirmation.code, confirmation.password, address, current_time(router))


def _started(reset_id: str) -> ResetStarted:
    return ResetStarted(reset_id=reset_id, resend_after=registry.rules.codes.resend_seconds)
