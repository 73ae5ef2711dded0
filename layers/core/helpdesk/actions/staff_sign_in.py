"""A member of staff signs in: the password, then a code of the second factor; a recovery code replaces a lost one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import ending
from helpdesk.actions.open_session import SignedIn, Visit, opening, staff_signed_in
from helpdesk.actions.refused_tries import sign_in_refusals_written_down
from helpdesk.actions.sign_in import verified_credentials
from helpdesk.actions.sign_in_limits import address_forgiven, counted, forgiven
from helpdesk.actions.staff_registry import StaffRegistry
from helpdesk.model.account import SIGN_IN_LIFETIME, Credentials, SignInChallenge
from helpdesk.model.audit import Act, acted
from helpdesk.model.errors import CredentialsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Actor, Kind, StaffMember
from helpdesk.model.recovery import new_recovery_codes, recovery_hash
from helpdesk.model.second_factor import enrolment_uri, matching_step, new_secret
from helpdesk.store import audit, staff, staff_access
from helpdesk.store.table import Write


@dataclass(frozen=True)
class SecondFactorWanted:
    """The password was right: the code that is asked for next.

    Args:
        secret: of the second factor, in base 32, where one is to be enrolled; else None.
        uri: the same for an authenticator app (otpauth).
    """

    challenge_id: str
    secret: str | None
    uri: str | None


def start_sign_in(
    registry: StaffRegistry, email: str, password: str, address: str, now: datetime
) -> SecondFactorWanted:
    """Check the password and ask for the code; four requests, whatever is wrong or right.

    For the account the try stays counted until the code was right too: a known password buys no more codes.

    Raises:
        CredentialsError: e-mail address or password is wrong, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this address of either kind.
    """
    with sign_in_refusals_written_down(registry, email, "password", address, now):
        credentials = verified_credentials(registry, email, password, address, now)
    secret = None if credentials.totp_sealed else new_secret()
    challenge = SignInChallenge(
        id=new_id(now),
        account_id=credentials.account_id,
        login=email,
        ends_at=now + SIGN_IN_LIFETIME,
        totp_sealed=registry.vault.seal(secret) if secret else None,
    )
    creation = staff_access.challenge_creation(registry.accounts, challenge)
    registry.accounts.commit([creation, address_forgiven(registry, email, address, now)])
    return SecondFactorWanted(challenge.id, secret, enrolment_uri(secret, email) if secret else None)


def start_recovery(
    registry: StaffRegistry, challenge_id: str, recovery_code: str, address: str, now: datetime
) -> SecondFactorWanted:
    """Use a recovery code up and ask for a code of a new second factor, to replace the lost one; four requests.

    Raises:
        CredentialsError: the code is wrong or was used, the challenge is not there or over, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this account.
    """
    challenge = _tried(registry, challenge_id, now)
    used, secret = recovery_hash(recovery_code), new_secret()
    enrolling = replace(challenge, totp_sealed=registry.vault.seal(secret), is_recovery=True)

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        if used not in credentials.recovery_hashes or not credentials.enabled:
            raise CredentialsError
        left = tuple(kept for kept in credentials.recovery_hashes if kept != used)
        actor = Actor(Kind.AGENT, credentials.account_id, credentials.login)
        entry = acted(actor, Act.RECOVERY_CODE_USED, actor.id, now, address=address, left=str(len(left)))
        return replace(credentials, recovery_hashes=left), [
            staff_access.challenge_recovery(registry.accounts, enrolling),
            audit.record(registry.desk, entry),
        ]

    with sign_in_refusals_written_down(registry, challenge.login, "recovery code", address, now):
        change_credentials(registry, challenge.account_id, decide)
    return SecondFactorWanted(challenge.id, secret, enrolment_uri(secret, challenge.login))


def confirm_sign_in(
    registry: StaffRegistry, challenge_id: str, code: str, visit: Visit, now: datetime
) -> tuple[SignedIn[StaffMember], tuple[str, ...]]:
    """Open a session; where a second factor is to be enrolled, it is by this. Five requests.

    Returns:
        The session, and the recovery codes that came with an enrolment: shown once, and kept as hashes.

    Raises:
        CredentialsError: the code is wrong, was used, or came too late or too often, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this account.
    """
    challenge = _tried(registry, challenge_id, now)
    with sign_in_refusals_written_down(registry, challenge.login, "code", visit.address, now):
        return _entered(registry, challenge, code, visit, now)


def _tried(registry: StaffRegistry, challenge_id: str, now: datetime) -> SignInChallenge:
    """The challenge, with one more try counted before anything is compared; two requests."""
    challenge = staff_access.find_challenge(registry.accounts, challenge_id)
    if challenge is None or not challenge.takes_codes(now):
        raise CredentialsError
    attempt = staff_access.challenge_attempt(registry.accounts, challenge)
    registry.accounts.commit([attempt, *counted(registry, challenge.login, None, now)])
    return challenge


def _entered(
    registry: StaffRegistry, challenge: SignInChallenge, code: str, visit: Visit, now: datetime
) -> tuple[SignedIn[StaffMember], tuple[str, ...]]:
    member = staff.find(registry.desk, challenge.account_id)
    if member is None:
        raise CredentialsError
    signed_in, codes = staff_signed_in(member, visit.device, now), new_recovery_codes()
    enrolled: list[bool] = []

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        enrolled[:] = [challenge.enrols(credentials)]
        passed = _passed(registry, credentials, challenge, code, now)
        kept, lost = _without_lost_device(registry, passed, challenge, visit)
        if enrolled[0]:
            kept = replace(kept, recovery_hashes=tuple(map(recovery_hash, codes)))
        listing, writes = opening(registry, kept, signed_in.session, visit, now)
        end = staff_access.challenge_end(registry.accounts, challenge)
        trace = _trace(registry, member, visit, now, is_enrolment=enrolled[0])
        return listing, [end, *writes, *lost, *forgiven(registry, challenge.login, None, now), *trace]

    change_credentials(registry, challenge.account_id, decide)
    return signed_in, codes if enrolled[0] else ()


def _passed(
    registry: StaffRegistry, credentials: Credentials, challenge: SignInChallenge, code: str, now: datetime
) -> Credentials:
    """The credentials after this code: enrolled, and its time step used up (RFC 6238, section 5.2).

    Raises:
        CredentialsError: it is wrong or was used, or the account is disabled.
    """
    enrols = challenge.enrols(credentials)
    sealed = challenge.totp_sealed if enrols else credentials.totp_sealed
    if sealed is None or not credentials.enabled:
        raise CredentialsError
    step = matching_step(registry.vault.open(sealed), code, now)
    if step is None or (step <= credentials.totp_step and not enrols):
        raise CredentialsError
    return replace(credentials, totp_sealed=sealed, totp_step=step)


def _without_lost_device(
    registry: StaffRegistry, credentials: Credentials, challenge: SignInChallenge, visit: Visit
) -> tuple[Credentials, Sequence[Write]]:
    """Whoever lost the second factor may have lost a browser with it: every session ends, by `opening` the previous."""
    lost = [each for each in credentials.session_ids if each != visit.previous] if challenge.is_recovery else []
    return ending(registry, credentials, lost)


def _trace(
    registry: StaffRegistry, member: StaffMember, visit: Visit, now: datetime, *, is_enrolment: bool
) -> list[Write]:
    acts = [Act.SECOND_FACTOR_ENROLLED, Act.SIGNED_IN] if is_enrolment else [Act.SIGNED_IN]
    return [
        audit.record(registry.desk, acted(member.actor, act, member.id, now, address=visit.address)) for act in acts
    ]
