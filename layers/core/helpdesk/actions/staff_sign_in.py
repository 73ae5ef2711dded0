"""A member of staff signs in: the password first, then a code of the second factor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.open_session import SignedIn, opening, staff_signed_in
from helpdesk.actions.sign_in import verified_credentials
from helpdesk.actions.sign_in_limits import address_forgiven, counted, forgiven
from helpdesk.actions.staff_registry import StaffRegistry
from helpdesk.model.account import SIGN_IN_LIFETIME, Credentials, SignInChallenge
from helpdesk.model.errors import CredentialsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import StaffMember
from helpdesk.model.second_factor import enrolment_uri, matching_step, new_secret
from helpdesk.store import staff, staff_access
from helpdesk.store.table import Write


@dataclass(frozen=True, slots=True)
class SecondFactorWanted:
    """The password was right: the code that is asked for next.

    Args:
        secret: of the second factor, in base 32, at the first sign-in; None when it is enrolled.
        uri: the same for an authenticator app (otpauth).
    """

    challenge_id: str
    secret: str | None
    uri: str | None


def start_sign_in(
    registry: StaffRegistry, email: str, password: str, address: str, now: datetime
) -> SecondFactorWanted:
    """Check the password and ask for the code; three requests when something is wrong, else four.

    For the account the try stays counted until the code was right too: a known password buys no more codes.

    Raises:
        CredentialsError: e-mail address or password is wrong, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this address of either kind.
    """
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
    registry.accounts.commit([creation, address_forgiven(registry, address, now)])
    return SecondFactorWanted(challenge.id, secret, enrolment_uri(secret, email) if secret else None)


def confirm_sign_in(
    registry: StaffRegistry, challenge_id: str, code: str, device: str, now: datetime
) -> SignedIn[StaffMember]:
    """Open a session; the first time, the second factor is enrolled by it. Five requests.

    Raises:
        CredentialsError: the code is wrong, was used, or came too late or too often, or the account is disabled.
        TooManyRequestsError: too many wrong tries with this account.
    """
    challenge = staff_access.find_challenge(registry.accounts, challenge_id)
    if challenge is None or not challenge.takes_codes(now):
        raise CredentialsError
    attempt = staff_access.challenge_attempt(registry.accounts, challenge)
    registry.accounts.commit([attempt, *counted(registry, challenge.login, None, now)])
    member = staff.find(registry.desk, challenge.account_id)
    if member is None:
        raise CredentialsError
    signed_in = staff_signed_in(member, device, now)

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        passed = _passed(registry, credentials, challenge, code, now)
        listing, writes = opening(registry, passed, signed_in.session, now)
        end = staff_access.challenge_end(registry.accounts, challenge)
        return listing, [end, *writes, *forgiven(registry, challenge.login, None, now)]

    change_credentials(registry, challenge.account_id, decide)
    return signed_in


def _passed(
    registry: StaffRegistry, credentials: Credentials, challenge: SignInChallenge, code: str, now: datetime
) -> Credentials:
    """The credentials after this code: enrolled, and its time step used up (RFC 6238, section 5.2).

    Raises:
        CredentialsError: it is wrong or was used, or the account is disabled.
    """
    sealed = credentials.totp_sealed or challenge.totp_sealed
    if sealed is None or not credentials.enabled:
        raise CredentialsError
    step = matching_step(registry.vault.open(sealed), code, now)
    if step is None or step <= credentials.totp_step:
        raise CredentialsError
    return replace(credentials, totp_sealed=sealed, totp_step=step)
