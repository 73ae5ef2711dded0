"""The staff directory: read by its members, kept by administrators."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.change_credentials import change_credentials
from helpdesk.actions.end_sessions import ending
from helpdesk.actions.invite_staff import refuse_unknown_topics
from helpdesk.actions.registry import Registry
from helpdesk.model.account import Credentials
from helpdesk.model.audit import Act, acted, differences
from helpdesk.model.departure import Departure
from helpdesk.model.errors import ForbiddenError, NotFoundError
from helpdesk.model.people import Role, Session, StaffMember
from helpdesk.store import audit, departures, staff
from helpdesk.store.table import Write


@dataclass(frozen=True)
class StaffPatch:
    """What changes of a member of staff; what is None stays.

    Args:
        reset_second_factor: the next sign-in enrols another one.
    """

    name: str | None = None
    role: Role | None = None
    topics: tuple[str, ...] | None = None
    enabled: bool | None = None
    reset_second_factor: bool = False

    @property
    def touches_access(self) -> bool:
        """Whether it decides what somebody may do, or how he comes in."""
        return self.reset_second_factor or (self.role, self.enabled) != (None, None)

    def applied(self, member: StaffMember) -> StaffMember:
        """The directory's entry with the changes."""
        return replace(
            member,
            name=self.name if self.name is not None else member.name,
            role=self.role if self.role is not None else member.role,
            topics=self.topics if self.topics is not None else member.topics,
            enabled=self.enabled if self.enabled is not None else member.enabled,
        )


def read_own_entry(registry: Registry, caller: Session) -> StaffMember:
    """The caller's entry; one request.

    Raises:
        NotFoundError: it is gone.
    """
    return _get(registry, caller.account_id)


def list_staff(registry: Registry, admin: Session) -> list[StaffMember]:
    """The whole directory in the order of joining; one request.

    Raises:
        ForbiddenError: only an administrator may.
    """
    _refuse_others(admin)
    return staff.list_all(registry.desk)


def read_staff_member(registry: Registry, admin: Session, staff_id: str) -> StaffMember:
    """One entry of the directory; one request.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: there is no such entry.
    """
    _refuse_others(admin)
    return _get(registry, staff_id)


def change_staff_member(
    registry: Registry, admin: Session, staff_id: str, patch: StaffPatch, now: datetime
) -> StaffMember:
    """Change an entry and end the member's sessions, so that it holds from the next request on; four requests.

    Who works on fewer topics from now on leaves a departure behind, by which tickets come back into the queue.

    Raises:
        ForbiddenError: only an administrator may, and nobody changes his own role, shuts himself out or
            takes his own second factor away.
        InvalidError: there is no such topic.
        NotFoundError: there is no such entry.
    """
    _refuse_others(admin)
    if staff_id == admin.account_id and patch.touches_access:
        raise ForbiddenError
    refuse_unknown_topics(registry.rules, patch.topics or ())
    _get(registry, staff_id)
    changed: list[StaffMember] = []

    def decide(credentials: Credentials) -> tuple[Credentials, Sequence[Write]]:
        before = _get(registry, staff_id)
        member = patch.applied(before)
        changed[:] = [member]
        standing = replace(credentials, enabled=member.enabled)
        if patch.touches_access:
            standing = replace(standing, password_reset=None)
        if patch.reset_second_factor:
            standing = replace(standing, totp_sealed=None, recovery_hashes=())
        ended, ends = ending(registry, standing, standing.session_ids)
        return ended, [
            *_authority(registry, admin, staff_id),
            staff.change(registry.desk, member),
            *ends,
            *_departure(registry, before, member, admin, now),
            _trace(registry, admin, before, member, patch, now),
        ]

    change_credentials(registry, staff_id, decide)
    return changed[0]


def _authority(registry: Registry, admin: Session, staff_id: str) -> list[Write]:
    """The administrator still is one; of his own entry, which is written here, that cannot be asked too."""
    return [] if staff_id == admin.account_id else [staff.admin_check(registry.desk, admin.account_id)]


def _trace(
    registry: Registry, admin: Session, before: StaffMember, after: StaffMember, patch: StaffPatch, now: datetime
) -> Write:
    details = differences(before, after, "name", "role", "topics", "enabled")
    if patch.reset_second_factor:
        details["second_factor"] = "reset"
    return audit.record(registry.desk, acted(admin.actor, Act.STAFF_CHANGED, after.id, now, **details))


def _departure(
    registry: Registry, before: StaffMember, after: StaffMember, admin: Session, now: datetime
) -> list[Write]:
    if not any(before.works_on(topic) and not after.works_on(topic) for topic in registry.rules.topics):
        return []
    return [departures.creation(registry.desk, Departure(after.id, admin.actor, now))]


def _get(registry: Registry, staff_id: str) -> StaffMember:
    member = staff.find(registry.desk, staff_id)
    if member is None:
        raise NotFoundError
    return member


def _refuse_others(admin: Session) -> None:
    if admin.role != Role.ADMIN:
        raise ForbiddenError
