"""A member of staff sees how many recovery codes are left, and has new ones made when they are used up or were seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials, read_credentials
from helpdesk.actions.prove_password import proven_credentials
from helpdesk.actions.refused_tries import proof_refusals_written_down
from helpdesk.actions.sign_in_limits import forgiven
from helpdesk.actions.staff_registry import StaffRegistry
from helpdesk.model.account import Credentials
from helpdesk.model.audit import Act, acted
from helpdesk.model.errors import CredentialsError
from helpdesk.model.people import Session
from helpdesk.model.recovery import new_recovery_codes, recovery_hash
from helpdesk.model.second_factor import matching_step
from helpdesk.store import audit
from helpdesk.store.table import Write


def count_recovery_codes(registry: StaffRegistry, caller: Session) -> int:
    """How many of the caller's codes were not used yet; one request."""
    return len(read_credentials(registry, caller.account_id).recovery_hashes)


def renew_recovery_codes(
    registry: StaffRegistry, caller: Session, password: str, code: str, address: str, now: datetime
) -> tuple[str, ...]:
    """Ten new codes; the old ones count no more. Three requests.

    Raises:
        CredentialsError: the password or the code of the second factor is wrong, or the code was used.
        TooManyRequestsError: too many wrong tries.
    """
    with proof_refusals_written_down(registry, caller, "recovery codes", address, now):
        return _renewed(registry, caller, password, code, now)


def _renewed(registry: StaffRegistry, caller: Session, password: str, code: str, now: datetime) -> tuple[str, ...]:
    credentials = proven_credentials(registry, caller, password, now)
    codes = new_recovery_codes()

    def decide(standing: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if standing.password_hash != credentials.password_hash or standing.totp_sealed is None:
            raise CredentialsError
        step = matching_step(registry.vault.open(standing.totp_sealed), code, now)
        if step is None or step <= standing.totp_step:
            raise CredentialsError
        entry = acted(caller.actor, Act.RECOVERY_CODES_RENEWED, caller.account_id, now)
        renewed = replace(standing, totp_step=step, recovery_hashes=tuple(map(recovery_hash, codes)))
        return renewed, [*forgiven(registry, standing.login, None, now), audit.record(registry.desk, entry)]

    change_credentials(registry, caller.account_id, decide, credentials)
    return codes
