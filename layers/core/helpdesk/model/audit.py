"""The audit trail: who of the staff did what, when and to whom; written once, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Actor, Kind

OPERATOR = Actor(Kind.SYSTEM, "operator", "operator")
"""Whoever may invoke a function: known to IAM and CloudTrail, not to the desk."""


class Act(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SECOND_FACTOR_ENROLLED = "second_factor_enrolled"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    PROOF_REFUSED = "proof_refused"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a name)
    PASSWORD_RESET_GIVEN = "password_reset_given"  # noqa: S105
    PASSWORD_RESET_USED = "password_reset_used"  # noqa: S105
    FIRST_ADMIN_INVITED = "first_admin_invited"
    STAFF_INVITED = "staff_invited"
    INVITATION_ACCEPTED = "invitation_accepted"
    STAFF_CHANGED = "staff_changed"
    CANNED_REPLY_ADDED = "canned_reply_added"
    CANNED_REPLY_CHANGED = "canned_reply_changed"
    CANNED_REPLY_REMOVED = "canned_reply_removed"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    EXPORT_ASKED = "export_asked"
    EXPORT_FETCHED = "export_fetched"
    CUSTOMER_EXPORTED = "customer_exported"
    CUSTOMER_ERASED = "customer_erased"


@dataclass(frozen=True)
class AuditEntry:
    """One act.

    Args:
        actor: who did it, by the name that stood then; of a refused sign-in whose account was tried.
        subject: id of what it was done to, or the e-mail address of somebody who is not on the staff yet.
        details: what else tells of it, never a secret; a change as "before → after".
    """

    id: str
    at: datetime
    act: Act
    actor: Actor
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)


def differences(before: object, after: object, *names: str) -> dict[str, str]:
    """Which of these attributes changed, as "before → after"."""
    values = {name: (_text(getattr(before, name)), _text(getattr(after, name))) for name in names}
    return {name: f"{old} → {new}" for name, (old, new) in values.items() if old != new}


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def acted(actor: Actor, act: Act, subject: str, now: datetime, **details: str) -> AuditEntry:
    """The entry that tells of an act just done."""
    return AuditEntry(new_id(now), now, act, actor, subject, details)
