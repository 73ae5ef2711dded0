"""Routes of one's own profile, password, phone number and e-mail address."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from customer_accounts.services import registry
from helpdesk.actions import change_email, change_password, change_phone, profile
from helpdesk.actions.send_code import resend_code
from helpdesk.edge.account_models import PasswordChange
from helpdesk.edge.fields import Id
from helpdesk.edge.gateway import caller, current_time, language
from helpdesk.edge.profile_models import (
    ChangeConfirmation,
    ChangeStarted,
    EmailChange,
    PhoneChange,
    Profile,
    ProfileChange,
)
from helpdesk.model.account import Purpose

router = Router()

ChangeId = Annotated[Id, Path()]


@router.get("/me", tags=["me"], summary="My profile")
def read() -> Profile:
    """Name, phone number, e-mail address, language and preferences of the caller."""
    return Profile.of(profile.read_profile(registry, caller(router)))


@router.patch("/me", tags=["me"], summary="Change my profile")
def change(changes: ProfileChange) -> Profile:
    """Change name, language or preferences."""
    return Profile.of(profile.change_profile(registry, caller(router), changes.patch()))


@router.post("/me/password", tags=["me"], summary="Change my password", status_code=204)
def choose_password(passwords: PasswordChange) -> None:
    """Another password; all other sessions of the caller end."""
    change_password.change_customer_password(
        registry, caller(router), passwords.current_password, passwords.password, current_time(router)
    )


@router.post("/me/phone", tags=["me"], summary="Change my phone number", status_code=202)
def start_phone_change(change: PhoneChange) -> ChangeStarted:
    """A code goes to the new number by SMS; if it has an account, a notice of that goes instead."""
    change_id = change_phone.start_phone_change(
        registry,
        caller(router),
        change.phone,
        change.password,
        router.context["address"],
        language(router),
        current_time(router),
    )
    return _started(change_id)


@router.post("/me/phone/<change_id>/resend", tags=["me"], summary="Send another code", status_code=202)
def resend(change_id: ChangeId) -> ChangeStarted:
    """Another code goes to the new number, and the one before counts no more."""
    return _resent(Purpose.PHONE_CHANGE, change_id)


@router.post("/me/phone/<change_id>/confirm", tags=["me"], summary="Confirm my phone number")
def confirm_phone_change(change_id: ChangeId, confirmation: ChangeConfirmation) -> Profile:
    """The new number is proven: from now on it is the one to sign in with; all other sessions of the caller end."""
    customer = change_phone.confirm_phone_change(
        registry, caller(router), change_id, confirmation.code, router.context["address"], current_time(router)
    )
    return Profile.of(customer)


@router.post("/me/email", tags=["me"], summary="Set my e-mail address", status_code=202)
def start_email_change(change: EmailChange) -> ChangeStarted:
    """A code goes to the address; until it is confirmed, nothing else does."""
    change_id = change_email.start_email_change(
        registry, caller(router), change.email, router.context["address"], language(router), current_time(router)
    )
    return _started(change_id)


@router.post("/me/email/<change_id>/resend", tags=["me"], summary="Send another code", status_code=202)
def resend_to_email(change_id: ChangeId) -> ChangeStarted:
    """Another code goes to the address, and the one before counts no more."""
    return _resent(Purpose.EMAIL_CHANGE, change_id)


@router.post("/me/email/<change_id>/confirm", tags=["me"], summary="Confirm my e-mail address")
def confirm_email_change(change_id: ChangeId, confirmation: ChangeConfirmation) -> Profile:
    """The address is proven: from now on it is the one to write to."""
    customer = change_email.confirm_email_change(
        registry, caller(router), change_id, confirmation.code, router.context["address"], current_time(router)
    )
    return Profile.of(customer)


@router.delete("/me/email", tags=["me"], summary="Remove my e-mail address", status_code=204)
def remove_email() -> None:
    """Nothing is sent by e-mail any more."""
    change_email.remove_email(registry, caller(router))


def _resent(purpose: Purpose, change_id: str) -> ChangeStarted:
    address, owner = router.context["address"], caller(router).account_id
    resend_code(registry, purpose, change_id, address, language(router), current_time(router), owner)
    return _started(change_id)


def _started(change_id: str) -> ChangeStarted:
    return ChangeStarted(change_id=change_id, resend_after=registry.rules.codes.resend_seconds)
