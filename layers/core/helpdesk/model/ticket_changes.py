"""What a ticket's event says of the change: every field that people change, and the figures that reports count."""

from helpdesk.model.ticket import Status, Ticket

ARROW = " → "
"""Between the value before and the one after."""


def changes(before: Ticket, after: Ticket) -> dict[str, str]:
    """What differs, as "before → after", with what the reports need besides; never the text of a message.

    `status_now` always stands there, `assignee_id` whenever somebody has the ticket. Seconds are the business time for
    which it waited for us: `first_response_seconds` until the first answer, `resolution_seconds` until it was solved.
    """
    return _differences(before, after) | _figures(before, after)


def _differences(before: Ticket, after: Ticket) -> dict[str, str]:
    watched = {
        "status": (before.status, after.status),
        "priority": (before.priority, after.priority),
        "topic": (before.topic, after.topic),
        "assignee": (before.assignee_name or "", after.assignee_name or ""),
        "tags": (", ".join(before.tags), ", ".join(after.tags)),
    }
    return {name: f"{old}{ARROW}{new}" for name, (old, new) in watched.items() if old != new}


def _figures(before: Ticket, after: Ticket) -> dict[str, str]:
    figures = {"status_now": str(after.status)}
    if after.assignee_id:
        figures["assignee_id"] = after.assignee_id
    if before.first_answered_at is None and after.first_answered_at is not None:
        figures["first_response_seconds"] = str(after.clocks.resolution_spent)
    if after.status == Status.RESOLVED != before.status:
        figures["resolution_seconds"] = str(after.clocks.resolution_spent)
    return figures


def before_and_after(text: str | None, present: str) -> tuple[str, str]:
    """Both sides of a difference; where an event has none, the present value twice."""
    if text is None or ARROW not in text:
        return present, present
    before, _, after = text.partition(ARROW)
    return before, after
