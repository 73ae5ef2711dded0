"""A message of a ticket: written once, never edited."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from helpdesk.model.people import Actor
from helpdesk.model.seal import fingerprint


class Visibility(StrEnum):
    """Whether the customer may read it."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class LinkedAttachment:
    """What a message says of an attachment; size in bytes."""

    id: str
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool


@dataclass(frozen=True)
class Message:
    """One message or internal note; ids sort by the order in which they were written.

    Args:
        salt: goes into the fingerprint, so that nobody who knows it can guess a text. Erasing a message takes the salt
            with the text: what is left tells nothing, and can be told from a message that somebody altered.
    """

    id: str
    ticket_number: str
    author: Actor
    visibility: Visibility
    body: str
    created_at: datetime
    attachments: tuple[LinkedAttachment, ...] = ()
    salt: str = ""

    @property
    def is_erased(self) -> bool:
        """Whether nothing is left of what was said."""
        return not (self.salt or self.body or self.attachments)

    @property
    def evidence(self) -> dict[str, str]:
        """What the event of the message says, so that the history proves what was written."""
        content = {each.name: getattr(self, each.name) for each in fields(self)}
        return {"message_id": self.id, "message_hash": fingerprint(content)}


def new_salt() -> str:
    """A salt for one message."""
    return secrets.token_hex(16)
