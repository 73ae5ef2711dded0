"""Passwords of staff: changed by their owner, or lost and chosen anew by leave of an administrator.

The second factor stays as it is: neither way opens a session without it.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.change_password import change_password
from helpdesk.actions.end_sessions import with_password
from helpdesk.actions.refused_tries import proof_refusals_written_down
from helpdesk.actions.registry import Registry
from helpdesk.actions.sign_in_limits import forgiven
from helpdesk.actions.staff_directory import read_staff_member
from helpdesk.model.account import PASSWORD_RESET_LIFETIME, Credentials, PasswordReset, account_of, new_reset_token
from helpdesk.model.audit import Act, acted
from helpdesk.model.errors import ForbiddenError, NotFoundError
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.model.people import Actor, Kind, Session
from helpdesk.model.tokens import token_id
from helpdesk.store import accounts, audit, staff
from helpdesk.store.table import Write


@dataclass(frozen=True)
class ResetGiven:
    """A password reset just given.

    Args:
        token: sets the password; shown once and never stored.
    """

    token: str
    ends_at: datetime


def change_own_password(
    registry: Registry, caller: Session, present: str, password: str, address: str, now: datetime
) -> None:
    """Set another password and end the caller's other sessions; three requests.

    Raises:
        InvalidError: the new password is a common one.
        CredentialsError: the present one is wrong.
        TooManyRequestsError: too many wrong tries.
    """
    entry = acted(caller.actor, Act.PASSWORD_CHANGED, caller.account_id, now, address=address)
    with proof_refusals_written_down(registry, caller, "password change", address, now):
        change_password(registry, caller, present, password, now, [audit.record(registry.desk, entry)])


def give_password_reset(registry: Registry, admin: Session, staff_id: str, now: datetime) -> ResetGiven:
    """Let a member choose another password, once; what was given before counts no more. Three requests.

    Raises:
        ForbiddenError: only an administrator may, and for others alone: his own he changes by the present one.
        NotFoundError: there is no such member.
    """
    member = read_staff_member(registry, admin, staff_id)
    if staff_id == admin.account_id:
        raise ForbiddenError
    given = ResetGiven(new_reset_token(staff_id), now + PASSWORD_RESET_LIFETIME)
    reset = PasswordReset(token_id(given.token), given.ends_at, admin.account_id)
    entry = acted(admin.actor, Act.PASSWORD_RESET_GIVEN, member.id, now)

    def decide(standing: Credentials) -> tuple[Credentials, Sequence[Write]]:
        authority = staff.admin_check(registry.desk, admin.account_id)
        return replace(standing, password_reset=reset), [authority, audit.record(registry.desk, entry)]

    change_credentials(registry, staff_id, decide)
    return given


def use_password_reset(registry: Registry, token: str, password: str, address: str, now: datetime) -> None:
    """Set the password, end every session and forget wrong sign-ins; two requests.

    Raises:
        InvalidError: the password is a common one.
        NotFoundError: there is no such reset, it was used, it has run out or a newer one was given, the account is
            disabled, or who gave it is no administrator any more.
    """
    refuse_common(password, registry.common_passwords, registry.rules.context_words)
    credentials = accounts.find(registry.accounts, account_of(token))
    if credentials is None:
        raise NotFoundError
    _met(credentials, token, now)
    password_hash = hash_password(password)
    owner = Actor(Kind.AGENT, credentials.account_id, credentials.login)
    entry = acted(owner, Act.PASSWORD_RESET_USED, owner.id, now, address=address)

    def decide(standing: Credentials) -> tuple[Credentials, Sequence[Write]]:
        authority = staff.admin_check(registry.desk, _met(standing, token, now).given_by, NotFoundError())
        changed, ends = with_password(registry, standing, password_hash, standing.session_ids)
        forgotten = forgiven(registry, standing.login, None, now)
        return changed, [authority, *ends, *forgotten, audit.record(registry.desk, entry)]

    change_credentials(registry, credentials.account_id, decide, credentials)


def _met(credentials: Credentials, token: str, now: datetime) -> PasswordReset:
    """The reset that the token is of.

    Raises:
        NotFoundError: it is of none that counts now.
    """
    reset = credentials.password_reset
    if reset is None or not credentials.enabled or now >= reset.ends_at:
        raise NotFoundError
    if not hmac.compare_digest(reset.hash, token_id(token)):
        raise NotFoundError
    return reset
