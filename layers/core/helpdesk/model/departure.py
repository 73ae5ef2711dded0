"""Somebody on the staff stopped working on some topics, or altogether: tickets may be left in those hands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from helpdesk.model.people import Actor

GRACE = timedelta(seconds=15)
"""Longer than a request of an API may run: whatever was claimed or assigned with the old rights is written by then."""


@dataclass(frozen=True)
class Departure:
    """A member whose tickets are to be looked through.

    Args:
        by: the administrator who decided it, and so puts the tickets back into the queue.
    """

    staff_id: str
    by: Actor
    at: datetime
