"""Invitations to the staff: an administrator gives one out, its person accepts it and chooses a password."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions.registry import Registry
from helpdesk.model.account import INVITATION_LIFETIME, Credentials, Invitation, new_token, token_id
from helpdesk.model.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from helpdesk.model.identifiers import new_id
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.model.people import Role, Session, StaffMember
from helpdesk.model.rules import Rules
from helpdesk.store import accounts, staff, staff_access
from helpdesk.store.table import Table, Write


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation just made.

    Args:
        token: accepts it; shown once and never stored.
    """

    invitation: Invitation
    token: str


def invite_staff(
    registry: Registry, admin: Session, email: str, role: Role, topics: tuple[str, ...], now: datetime
) -> Invited:
    """Make an invitation for somebody who has no account yet; two requests.

    Raises:
        ForbiddenError: only an administrator may.
        InvalidError: there is no such topic.
        ConflictError: the address has an account.
    """
    if admin.role != Role.ADMIN:
        raise ForbiddenError
    refuse_unknown_topics(registry.rules, topics)
    if accounts.find_owner(registry.accounts, email) is not None:
        raise ConflictError
    invited = _invited(email, role, topics, now)
    registry.accounts.apply(staff_access.invitation_creation(registry.accounts, invited.invitation))
    return invited


def invite_first_admin(registry: Registry, email: str, now: datetime) -> Invited:
    """Make the invitation of the first administrator; it succeeds once, and again only if nobody came in time.

    Raises:
        ConflictError: it was given out before.
    """
    invited = _invited(email, Role.ADMIN, (), now, is_first_admin=True)
    registry.accounts.commit(
        [
            staff_access.first_admin_claim(registry.accounts, invited.invitation, now),
            staff_access.invitation_creation(registry.accounts, invited.invitation),
        ]
    )
    return invited


def _invited(
    email: str, role: Role, topics: tuple[str, ...], now: datetime, *, is_first_admin: bool = False
) -> Invited:
    token = new_token()
    return Invited(Invitation(token_id(token), email, role, topics, now + INVITATION_LIFETIME, is_first_admin), token)


def accept_invitation(registry: Registry, token: str, name: str, password: str, now: datetime) -> StaffMember:
    """Join the staff under this name; two requests. The second factor comes with the first sign-in.

    Raises:
        InvalidError: the password is a common one.
        NotFoundError: there is no such invitation, it was accepted, or it has run out.
        ConflictError: the address got an account meanwhile.
    """
    refuse_common(password, registry.common_passwords)
    invitation = staff_access.find_invitation(registry.accounts, token_id(token))
    if invitation is None or now >= invitation.ends_at:
        raise NotFoundError
    member = StaffMember(new_id(now), invitation.email, name, invitation.role, invitation.topics, True, now)
    credentials = Credentials(member.id, member.email, hash_password(password))
    writes = [staff_access.invitation_end(registry.accounts, invitation)]
    if invitation.is_first_admin:
        writes.append(staff_access.first_admin_settled(registry.accounts, now))
    try:
        registry.accounts.commit([*writes, *staff_writes(registry.accounts, registry.desk, credentials, member)])
    except accounts.LoginTakenError as error:
        raise ConflictError from error
    return member


def staff_writes(accounts_table: Table, desk: Table, credentials: Credentials, member: StaffMember) -> list[Write]:
    """A new member of staff: the way to sign in, and the entry in the directory."""
    return [*accounts.creation(accounts_table, credentials), staff.creation(desk, member)]


def refuse_unknown_topics(rules: Rules, topics: tuple[str, ...]) -> None:
    """Nothing, when there are all these topics.

    Raises:
        InvalidError: there is no such topic.
    """
    if not set(topics) <= set(rules.topics):
        raise InvalidError("topics", "unknown_topic")
