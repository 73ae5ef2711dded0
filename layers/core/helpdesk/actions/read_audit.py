"""An administrator reads the audit trail."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpdesk.actions.office import Office
from helpdesk.model.audit import AuditEntry
from helpdesk.model.errors import ForbiddenError, InvalidError
from helpdesk.model.people import Role, Session
from helpdesk.store import audit
from helpdesk.store.codec import Item


def read_audit(
    office: Office,
    admin: Session,
    first: date | None,
    last: date | None,
    actor_id: str | None,
    limit: int,
    start: Item | None,
) -> tuple[list[AuditEntry], Item | None]:
    """A page of entries, newest first; one request, however long the trail is.

    Args:
        first: local day, as is `last`; without one the trail is open on that side.

    Raises:
        ForbiddenError: only an administrator may.
        InvalidError: the last day comes before the first.
    """
    if admin.role != Role.ADMIN:
        raise ForbiddenError
    if first and last and last < first:
        raise InvalidError("to", "period_order")
    since = _beginning(office, first) if first and first > date.min else None
    before = _beginning(office, last + timedelta(days=1)) if last and last < date.max else None
    return audit.list_entries(office.desk, actor_id, since, before, limit, start)


def _beginning(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(office.rules.hours.time_zone))
