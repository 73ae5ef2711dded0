"""A message of a ticket: written once, never edited."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from helpdesk.model.people import Actor


class Visibility(StrEnum):
    """Whether the customer may read it."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class LinkedAttachment:
    """What a message says of an attachment; size in bytes."""

    id: str
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message or internal note; ids sort by the order in which they were written."""

    id: str
    ticket_number: str
    author: Actor
    visibility: Visibility
    body: str
    created_at: datetime
    attachments: tuple[LinkedAttachment, ...] = ()
