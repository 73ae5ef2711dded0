"""Invitations to the staff: an administrator gives one out, its person accepts it and chooses a password."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions.registry import Registry
from helpdesk.model.account import INVITATION_LIFETIME, Credentials, Invitation
from helpdesk.model.audit import OPERATOR, Act, acted
from helpdesk.model.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from helpdesk.model.identifiers import new_id
from helpdesk.model.passwords import hash_password, refuse_common
from helpdesk.model.people import Role, Session, StaffMember
from helpdesk.model.rules import Rules
from helpdesk.model.tokens import new_token, token_id
from helpdesk.store import accounts, audit, staff, staff_access
from helpdesk.store.table import Table, Write


@dataclass(frozen=True)
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
    invited = _invited(email, role, topics, now, invited_by=admin.account_id)
    entry = acted(admin.actor, Act.STAFF_INVITED, email, now, role=role, topics=", ".join(topics))
    registry.accounts.commit(
        [
            staff.admin_check(registry.desk, admin.account_id),
            staff_access.invitation_creation(registry.accounts, invited.invitation),
            audit.record(registry.desk, entry),
        ]
    )
    return invited


def invite_first_admin(registry: Registry, email: str, now: datetime) -> Invited:
    """Make the invitation of the first administrator; it succeeds once, and again only if nobody came in time.

    Raises:
        ConflictError: it was given out before.
    """
    invited = _invited(email, Role.ADMIN, (), now)
    registry.accounts.commit(
        [
            staff_access.first_admin_claim(registry.accounts, invited.invitation, now),
            staff_access.invitation_creation(registry.accounts, invited.invitation),
            audit.record(registry.desk, acted(OPERATOR, Act.FIRST_ADMIN_INVITED, email, now)),
        ]
    )
    return invited


def _invited(
    email: str, role: Role, topics: tuple[str, ...], now: datetime, *, invited_by: str | None = None
) -> Invited:
    token = new_token()
    return Invited(Invitation(token_id(token), email, role, topics, now + INVITATION_LIFETIME, invited_by), token)


def accept_invitation(registry: Registry, token: str, name: str, password: str, now: datetime) -> StaffMember:
    """Join the staff under this name; two requests. The second factor comes with the first sign-in.

    Raises:
        InvalidError: the password is a common one.
        NotFoundError: there is no such invitation, it was accepted, it has run out, or who gave it is no
            administrator any more.
        ConflictError: the address got an account meanwhile.
    """
    refuse_common(password, registry.common_passwords, registry.rules.context_words)
    invitation = staff_access.find_invitation(registry.accounts, token_id(token))
    if invitation is None or now >= invitation.ends_at:
        raise NotFoundError
    member = StaffMember(new_id(now), invitation.email, name, invitation.role, invitation.topics, True, now)
    credentials = Credentials(member.id, member.email, hash_password(password))
    entry = acted(member.actor, Act.INVITATION_ACCEPTED, member.id, now, email=member.email, role=member.role)
    writes = [
        staff_access.invitation_end(registry.accounts, invitation),
        _authority(registry, invitation, now),
        audit.record(registry.desk, entry),
    ]
    try:
        registry.accounts.commit([*writes, *staff_writes(registry.accounts, registry.desk, credentials, member)])
    except accounts.LoginTakenError as error:
        raise ConflictError from error
    return member


def _authority(registry: Registry, invitation: Invitation, now: datetime) -> Write:
    """Whoever gave the invitation still may; a first administrator's is the operator's, once and for all."""
    if invitation.invited_by is None:
        return staff_access.first_admin_settled(registry.accounts, now)
    return staff.admin_check(registry.desk, invitation.invited_by, NotFoundError())


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
