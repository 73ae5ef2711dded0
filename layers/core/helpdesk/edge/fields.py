"""Field types that requests share: what a text, a number or an id must be to come in."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import unquote

from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from helpdesk.edge.rules import load_rules
from helpdesk.model.errors import NotFoundError, TicketNumberError
from helpdesk.model.identifiers import CheckDigitError, canonical_ticket_number, is_id
from helpdesk.model.phone import canonical_phone
from helpdesk.model.text import clean_line, clean_text, is_blank

_RULES = load_rules()
_LIMITS = _RULES.limits


class Request(BaseModel):
    """A request body: no unknown fields, and no type made from another."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class View(BaseModel):
    """A part of an answer, made from the attributes of what it shows."""

    model_config = ConfigDict(from_attributes=True, defer_build=True)


def _filled(text: str) -> str:
    if is_blank(text):
        raise ValueError("empty")
    return text


def _distinct(values: list[str]) -> list[str]:
    if len(set(values)) < len(values):
        raise ValueError("repeated")
    return values


def _id(text: str) -> str:
    if not is_id(text):
        raise ValueError("invalid")
    return text


def _written_day(value: object) -> object:
    """Of a date only YYYY-MM-DD comes in: pydantic would also take a number of seconds."""
    if not (isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)):
        raise PydanticCustomError("date_from_datetime_parsing", "not YYYY-MM-DD")
    return value


def _number_in_path(text: str) -> str:
    try:
        return canonical_ticket_number(unquote(text))
    except ValueError as error:
        raise NotFoundError from error


def _number_at_the_desk(text: str) -> str:
    """Staff type numbers that they heard over the phone, so a wrong check digit is worth telling."""
    try:
        return canonical_ticket_number(unquote(text))
    except CheckDigitError as error:
        raise TicketNumberError from error
    except ValueError as error:
        raise NotFoundError from error


def _id_in_path(text: str) -> str:
    if not is_id(text):
        raise NotFoundError
    return text


# The operator's names, told to whoever reads the OpenAPI document; the rules themselves refuse any other.
TopicName = Annotated[str, Field(json_schema_extra={"enum": [*_RULES.topics]})]
PriorityName = Annotated[str, Field(json_schema_extra={"enum": [*_RULES.priorities]})]

Line = Annotated[str, AfterValidator(clean_line), AfterValidator(_filled)]
CleanText = Annotated[str, AfterValidator(clean_text)]
Text = Annotated[CleanText, AfterValidator(_filled)]
Subject = Annotated[Line, Field(max_length=_LIMITS.subject_length)]
Description = Annotated[Text, Field(max_length=_LIMITS.description_length)]
Body = Annotated[Text, Field(max_length=_LIMITS.message_length)]
Id = Annotated[str, AfterValidator(_id)]
TicketNumber = Annotated[str, AfterValidator(canonical_ticket_number)]
AttachmentIds = Annotated[list[Id], Field(max_length=_LIMITS.attachments_per_message), AfterValidator(_distinct)]
IdempotencyKey = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200)]
Phone = Annotated[str, AfterValidator(canonical_phone)]
Day = Annotated[date, BeforeValidator(_written_day), Field(strict=False)]

# in paths, where what has no right form is simply not there
PathNumber = Annotated[str, AfterValidator(_number_in_path), Path()]
DeskNumber = Annotated[str, AfterValidator(_number_at_the_desk)]
PathDeskNumber = Annotated[DeskNumber, Path()]
PathId = Annotated[str, AfterValidator(_id_in_path), Path()]

# of query strings
Limit = Annotated[int, Query(ge=1, le=100)]
Cursor = Annotated[str | None, Query(max_length=1000)]
