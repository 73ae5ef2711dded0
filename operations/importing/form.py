"""The form of an imported ticket: one JSON object a line (docs/import.md)."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from helpdesk.edge.account_models import Name
from helpdesk.edge.fields import CleanText, Line, Phone, PriorityName, Request, TopicName
from helpdesk.model.account import canonical_email
from helpdesk.model.errors import InvalidError
from helpdesk.model.message import Visibility
from helpdesk.model.ticket import Status

_LONGEST_TEXT = 50_000  # two bytes a letter: a fourth of what an item may have
_MOST_FILES = 20


def _utc(moment: datetime) -> datetime:
    """As it is stored: UTC, whole milliseconds."""
    moment = moment.astimezone(UTC)
    return moment - timedelta(microseconds=moment.microsecond % 1000)


Moment = Annotated[AwareDatetime, AfterValidator(_utc)]
Email = Annotated[str, AfterValidator(canonical_email)]


class ImportedCustomer(Request):
    """Whose ticket it is, found by phone number; one who is not there yet gets an account without a password."""

    phone: Phone
    name: Name
    email: Email | None = None


class ImportedAuthor(Request):
    """Who wrote: the customer, or an agent by e-mail address, by name where the directory does not know it."""

    kind: Literal["customer", "agent"]
    email: Email | None = None
    name: Name | None = None


class ImportedFile(Request):
    """A file, by its path below the folder of the import file."""

    filename: Annotated[CleanText, Field(max_length=1000)]
    content_type: str
    path: Annotated[str, Field(min_length=1)]


class ImportedMessage(Request):
    """A message or internal note; a text may be missing where there is a file."""

    author: ImportedAuthor
    visibility: Visibility = Visibility.PUBLIC
    body: Annotated[CleanText, Field(max_length=_LONGEST_TEXT)]
    at: Moment
    attachments: Annotated[list[ImportedFile], Field(max_length=_MOST_FILES)] = Field(default_factory=list)

    @property
    def is_internal(self) -> bool:
        """Whether it is a note among the staff."""
        return self.visibility == Visibility.INTERNAL

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.body or self.attachments):
            raise ValueError("neither text nor file")
        if self.is_internal and self.author.kind == "customer":
            raise ValueError("a customer writes no internal note")
        return self


class ImportedTicket(Request):
    """A ticket with everything that was said in it, in any order; the first message is public."""

    source: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,30}$")]
    external_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,100}$")]
    customer: ImportedCustomer
    topic: TopicName
    priority: PriorityName = "normal"
    subject: Annotated[Line, Field(max_length=250)]
    status: Status
    created_at: Moment
    resolved_at: Moment | None = None
    closed_at: Moment | None = None
    assignee: Email | None = None
    tags: Annotated[list[Annotated[Line, Field(max_length=50)]], Field(max_length=20)] = Field(default_factory=list)
    messages: Annotated[list[ImportedMessage], Field(min_length=1, max_length=10_000)]

    def refuse_later_than(self, now: datetime) -> None:
        """Nothing, if it all happened by then.

        Raises:
            InvalidError: some of it is still to come.
        """
        times = [self.created_at, self.resolved_at, self.closed_at, *(message.at for message in self.messages)]
        if any(moment and moment > now for moment in times):
            raise InvalidError("ticket", "in_the_future")

    @model_validator(mode="after")
    def _begins_in_public(self) -> Self:
        self.messages.sort(key=lambda message: message.at)
        if self.messages[0].is_internal:
            raise ValueError("the first message is an internal note")
        return self
