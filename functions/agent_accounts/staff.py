"""Routes of the staff directory, for administrators."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path

from agent_accounts.services import registry
from helpdesk.actions import staff_directory
from helpdesk.actions.invite_staff import invite_staff
from helpdesk.actions.staff_password import give_password_reset
from helpdesk.edge.fields import Id
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.staff_models import (
    InvitationMade,
    NewInvitation,
    PasswordResetGiven,
    StaffChange,
    StaffEntry,
    StaffList,
)

router = Router()

StaffId = Annotated[Id, Path()]


@router.get("/staff", tags=["staff"], summary="The staff directory")
def list_all() -> StaffList:
    """Everybody on the staff, disabled members too."""
    found = staff_directory.list_staff(registry, caller(router))
    return StaffList(items=[StaffEntry.of(member) for member in found])


@router.get("/staff/<staff_id>", tags=["staff"], summary="A member of staff")
def read(staff_id: StaffId) -> StaffEntry:
    """One entry of the directory."""
    return StaffEntry.of(staff_directory.read_staff_member(registry, caller(router), staff_id))


@router.post("/staff", tags=["staff"], summary="Invite somebody to the staff", status_code=201)
def invite(invitation: NewInvitation) -> InvitationMade:
    """An invitation that works once, for the administrator to hand on."""
    invited = invite_staff(
        registry,
        caller(router),
        invitation.email,
        invitation.role,
        tuple(invitation.topics),
        current_time(router),
    )
    return InvitationMade.of(invited)


@router.patch("/staff/<staff_id>", tags=["staff"], summary="Change a member of staff")
def change(staff_id: StaffId, changes: StaffChange) -> StaffEntry:
    """Change name, role or topics, disable or enable, or have the second factor enrolled anew.

    Tickets that the member no longer works on return to the queue within two minutes.
    """
    member = staff_directory.change_staff_member(
        registry, caller(router), staff_id, changes.patch(), current_time(router)
    )
    return StaffEntry.of(member)


@router.post("/staff/<staff_id>/password-reset", tags=["staff"], summary="Give a password reset", status_code=201)
def give_reset(staff_id: StaffId) -> PasswordResetGiven:
    """A reset that works once, for the administrator to hand on; one given before counts no more."""
    return PasswordResetGiven.of(give_password_reset(registry, caller(router), staff_id, current_time(router)))
