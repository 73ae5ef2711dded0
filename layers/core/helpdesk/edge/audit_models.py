"""The audit trail as administrators see it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from helpdesk.edge.fields import View
from helpdesk.model.audit import Act, AuditEntry


class AuditActor(View):
    """Who did it, by the name that stood then."""

    id: str
    name: str


class AuditEntryView(View):
    """One act: `subject` is the id (or e-mail address) of what it was done to, `details` whatever else tells of it."""

    id: str
    at: datetime
    act: Act
    actor: AuditActor
    subject: str
    details: Mapping[str, str]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        """The entry as it is shown."""
        return cls(
            id=entry.id,
            at=entry.at,
            act=entry.act,
            actor=AuditActor(id=entry.actor.id, name=entry.actor.name),
            subject=entry.subject,
            details=entry.details,
        )


class AuditPage(View):
    """A page of the audit trail, newest first."""

    items: list[AuditEntryView]
    next_cursor: str | None
