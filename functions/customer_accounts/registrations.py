"""Routes of registration."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from customer_accounts.services import registry
from helpdesk.actions import register
from helpdesk.actions.send_code import resend_code
from helpdesk.edge.account_models import Registration, RegistrationConfirmation, RegistrationStarted
from helpdesk.edge.fields import Id
from helpdesk.edge.gateway import current_time, language
from helpdesk.edge.session_cookie import opened, refuse_foreign_cookie, visit
from helpdesk.edge.session_models import SessionOpened
from helpdesk.model.account import Purpose
from helpdesk.model.people import Kind

router = Router()

RegistrationId = Annotated[Id, Path()]


@router.post("/registrations", tags=["accounts"], summary="Register", status_code=202)
def start(registration: Registration) -> RegistrationStarted:
    """A code goes to the number by SMS; if it has an account, a notice of that goes instead."""
    applicant = registration.applicant(language(router))
    registration_id = register.register(registry, applicant, router.context["address"], current_time(router))
    return _started(registration_id)


@router.post("/registrations/<registration_id>/resend", tags=["accounts"], summary="Send another code", status_code=202)
def resend(registration_id: RegistrationId) -> RegistrationStarted:
    """Another code goes out, and the one before counts no more."""
    address = router.context["address"]
    resend_code(registry, Purpose.REGISTRATION, registration_id, address, language(router), current_time(router))
    return _started(registration_id)


@router.post("/registrations/<registration_id>/confirm", tags=["accounts"], summary="Confirm", status_code=201)
def confirm(registration_id: RegistrationId, confirmation: RegistrationConfirmation) -> Response[SessionOpened]:
    """The number is proven: the account is open, and its owner signed in."""
    transport = confirmation.transport
    refuse_foreign_cookie(router, transport)
    signed_in = register.confirm_registration(
        registry, registration_id, confirmation.code, visit(router, Kind.CUSTOMER), current_time(router)
    )
    body = SessionOpened.of(signed_in, transport)
    return opened(router, signed_in.session, signed_in.token, transport, body)


def _started(registration_id: str) -> RegistrationStarted:
    return RegistrationStarted(registration_id=registration_id, resend_after=registry.rules.codes.resend_seconds)
