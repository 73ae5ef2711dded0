"""Everything the desk can refuse, without a word about HTTP: `edge.problems` maps each to a status.

HelpdeskError
├── InvalidError                a field breaks a rule that needs more than its type to see
├── UnauthenticatedError        no session, or one that has ended
├── CredentialsError            wrong number, password or code: the same for all of them
├── ForbiddenError              signed in, but the role does not allow it
├── NotFoundError               not there, or not the caller's: the same words for both
│   └── TicketNumberError       there can be no such ticket: the number's check digit is wrong
├── ConflictError               the thing is not in a state for this
│   ├── TicketClosedError
│   ├── TransitionError         a status may not follow the present one
│   ├── ClaimedError            somebody else has the ticket
│   ├── NotRatableError         not solved, rated before, or too long ago
│   ├── StaleReplyError         something newer came in than the reply was written after
│   └── AttachmentStateError    not checked yet, refused, or linked to another message
├── KeyReusedError              an Idempotency-Key came again with another body
├── CursorError                 a cursor that was not made for this caller and query
├── TooManyRequestsError        a limit is used up
└── BusyError                   others kept changing the same thing: try again
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpdesk.model.message import Message


class HelpdeskError(Exception):
    """Root of what the desk refuses; its attributes fill the text shown to the caller."""


class InvalidError(HelpdeskError):
    """A field breaks a rule.

    Args:
        field: the name of the field as the caller sent it.
        reason: key of the text that explains it, such as ``unknown_topic``.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class UnauthenticatedError(HelpdeskError):
    """There is no session, or it has ended."""


class CredentialsError(HelpdeskError):
    """The number, the password or the code is wrong; which one is not said."""


class ForbiddenError(HelpdeskError):
    """The caller's role or place does not allow this."""


class NotFoundError(HelpdeskError):
    """It does not exist for this caller."""


class TicketNumberError(NotFoundError):
    """A ticket number whose check digit does not fit: somebody misheard or mistyped it."""


class ConflictError(HelpdeskError):
    """It is not in a state for this."""


class TicketClosedError(ConflictError):
    """A closed ticket takes nothing more; a new one may refer to it."""


class TransitionError(ConflictError):
    """The status asked for may not follow the present one."""

    def __init__(self, present: str, wanted: str) -> None:
        super().__init__(f"{present} -> {wanted}")
        self.present = present
        self.wanted = wanted


class ClaimedError(ConflictError):
    """Another agent has the ticket."""

    def __init__(self, assignee_id: str, assignee_name: str) -> None:
        super().__init__(assignee_id)
        self.assignee_id = assignee_id
        self.assignee_name = assignee_name


class NotRatableError(ConflictError):
    """The ticket cannot be rated: not solved, rated before, or too long ago."""


class StaleReplyError(ConflictError):
    """The conversation went on after what the reply was based on.

    Args:
        newer: the public messages that came in between, oldest first.
    """

    def __init__(self, newer: "Sequence[Message]") -> None:
        super().__init__(f"{len(newer)} newer")
        self.newer = newer


class AttachmentStateError(ConflictError):
    """The attachment cannot be linked or downloaded in its present state."""

    def __init__(self, attachment_id: str, state: str) -> None:
        super().__init__(f"{attachment_id}: {state}")
        self.attachment_id = attachment_id
        self.state = state


class KeyReusedError(HelpdeskError):
    """The Idempotency-Key was used for another request."""


class CursorError(HelpdeskError):
    """The cursor was altered, or made for another caller or query."""


class TooManyRequestsError(HelpdeskError):
    """A limit is used up for now."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class BusyError(HelpdeskError):
    """Too many others changed the same item, or the table is throttled: trying again helps."""

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after
