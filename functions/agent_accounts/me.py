"""Routes of one's own entry and credentials."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from agent_accounts.services import registry
from helpdesk.actions.recovery_codes import count_recovery_codes, renew_recovery_codes
from helpdesk.actions.staff_directory import read_own_entry
from helpdesk.actions.staff_password import change_own_password
from helpdesk.edge.account_models import PasswordChange
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.staff_models import RecoveryCodes, RecoveryCodesLeft, RecoveryCodesRenewal, StaffAccount

router = Router()


@router.get("/me", tags=["me"], summary="My entry in the directory")
def read() -> StaffAccount:
    """Name, e-mail address, role and topics of the caller."""
    return StaffAccount.of(read_own_entry(registry, caller(router)))


@router.post("/me/password", tags=["me"], summary="Change my password", status_code=204)
def change_password(passwords: PasswordChange) -> None:
    """Another password; all other sessions of the caller end."""
    address, now = router.context["address"], current_time(router)
    change_own_password(registry, caller(router), passwords.current_password, passwords.password, address, now)


@router.get("/me/recovery-codes", tags=["me"], summary="How many recovery codes I have left")
def count_codes() -> RecoveryCodesLeft:
    """Their number alone: the codes were shown when they were made."""
    return RecoveryCodesLeft(left=count_recovery_codes(registry, caller(router)))


@router.post("/me/recovery-codes", tags=["me"], summary="Have new recovery codes made", status_code=201)
def renew_codes(proof: RecoveryCodesRenewal) -> RecoveryCodes:
    """Ten new codes, shown here and nowhere else; those before count no more."""
    address, now = router.context["address"], current_time(router)
    codes = renew_recovery_codes(registry, caller(router), proof.password, proof.code, address, now)
    return RecoveryCodes(recovery_codes=list(codes))
