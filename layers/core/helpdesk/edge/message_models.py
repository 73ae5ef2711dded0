"""A message as both APIs show it."""

from datetime import datetime
from typing import Self

from helpdesk.edge.fields import View
from helpdesk.model.message import Message
from helpdesk.model.people import Kind


class Author(View):
    """Who wrote a message: the customer, or an agent by name."""

    kind: Kind
    name: str


class AttachmentLink(View):
    """An attachment of a message; size in bytes."""

    id: str
    filename: str
    content_type: str
    size: int
    has_thumbnail: bool


class MessageView(View):
    """A message that its reader may see; ids sort by the order of writing."""

    id: str
    author: Author
    body: str
    created_at: datetime
    attachments: list[AttachmentLink]

    @classmethod
    def of(cls, message: Message) -> Self:
        """The message as shown."""
        return cls.model_validate(message)


class MessagePage(View):
    """A page of messages, newest first."""

    items: list[MessageView]
    next_cursor: str | None
