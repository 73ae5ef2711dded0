"""Canned replies as staff keep and use them."""

from typing import Annotated, Self

from pydantic import Field

from helpdesk.actions.canned_replies import CannedPatch, CannedText
from helpdesk.edge.fields import Body, Line, Request, TopicName, View
from helpdesk.model.canned_reply import CannedReply

Title = Annotated[Line, Field(max_length=120)]


class CannedReplyView(View):
    """A text to answer with; without a topic it serves every one.

    The body has places for {customer_name}, {ticket_number} and {agent_name}.
    """

    id: str
    title: str
    body: str
    topic: TopicName | None

    @classmethod
    def of(cls, reply: CannedReply) -> Self:
        """The canned reply as shown."""
        return cls.model_validate(reply)


class FilledCannedReply(CannedReplyView):
    """A canned reply, and what it says for one ticket if one was named."""

    text: str | None

    @classmethod
    def with_text(cls, reply: CannedReply, text: str | None) -> Self:
        """The canned reply with its places filled."""
        return cls(**CannedReplyView.of(reply).model_dump(), text=text)


class CannedReplyList(View):
    """All that the caller may answer with, in the order of writing."""

    items: list[CannedReplyView]


class NewCannedReply(Request):
    """A text to answer with; its places are {customer_name}, {ticket_number} and {agent_name}, and no others."""

    title: Title
    body: Body
    topic: TopicName | None = None

    def text(self) -> CannedText:
        """What the action is asked for."""
        return CannedText(self.title, self.body, self.topic)


class CannedReplyChange(Request):
    """What changes of a canned reply; what is left out stays, and a topic of null makes it serve every one."""

    title: Title | None = None
    body: Body | None = None
    topic: TopicName | None = None

    def patch(self) -> CannedPatch:
        """What the action is asked for."""
        return CannedPatch(self.title, self.body, self.topic, moves="topic" in self.model_fields_set)
