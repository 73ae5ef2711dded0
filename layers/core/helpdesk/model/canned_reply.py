"""Canned replies: texts that agents answer with again and again, with places for what differs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from helpdesk.model.errors import InvalidError
from helpdesk.model.identifiers import ticket_number_in_text
from helpdesk.model.people import Session
from helpdesk.model.ticket import Ticket

PLACEHOLDERS = ("customer_name", "ticket_number", "agent_name")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class CannedReply:
    """A text of the desk, for one topic or (with none) for all.

    Args:
        version: grows by one with each change; a write is conditional on the version it was decided on.
    """

    id: str
    title: str
    body: str
    changed_at: datetime
    topic: str | None = None
    version: int = 0

    def is_offered_to(self, agent: Session) -> bool:
        """Whether it may help this member of staff with a ticket of its topics."""
        return self.topic is None or agent.sees(self.topic)

    def filled(self, ticket: Ticket, agent_name: str) -> str:
        """The body for this ticket.

        What is filled in stands there as text: a customer called "{agent_name}" stays called so.
        """
        values: Mapping[str, str] = {
            "customer_name": ticket.customer_name,
            "ticket_number": ticket_number_in_text(ticket.number),
            "agent_name": agent_name,
        }
        return _PLACEHOLDER.sub(lambda place: values.get(place[1], place[0]), self.body)


def refuse_unknown_placeholders(body: str) -> None:
    """Nothing, when every brace belongs to a placeholder that is filled.

    Raises:
        InvalidError: there is another name in braces, or a brace that a slip of the finger left open.
    """
    known = {f"{{{name}}}" for name in PLACEHOLDERS}
    rest = _PLACEHOLDER.sub(lambda place: "" if place[0] in known else place[0], body)
    if "{" in rest or "}" in rest:
        raise InvalidError("body", "unknown_placeholder")
