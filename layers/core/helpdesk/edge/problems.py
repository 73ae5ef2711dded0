"""Errors as RFC 9457 problems, in the caller's language: the one place where a refusal meets an HTTP status."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import ApiGatewayResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError as NoRouteError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError, ResponseValidationError
from botocore.exceptions import BotoCoreError, ClientError

from helpdesk.edge.errors import BodyTooLargeError, ContentTypeError, InvalidRequestError, MalformedBodyError
from helpdesk.edge.rules import read_toml
from helpdesk.model import errors

CONTENT_TYPE = "application/problem+json"


# The most exact class wins: an error is looked up by its class, then by what that derives from.
_STATUSES: Mapping[type[Exception], HTTPStatus] = {
    InvalidRequestError: HTTPStatus.UNPROCESSABLE_ENTITY,
    MalformedBodyError: HTTPStatus.BAD_REQUEST,
    BodyTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ContentTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.InvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    errors.CredentialsError: HTTPStatus.UNAUTHORIZED,
    errors.ForbiddenError: HTTPStatus.FORBIDDEN,
    errors.NotFoundError: HTTPStatus.NOT_FOUND,
    errors.ConflictError: HTTPStatus.CONFLICT,
    errors.KeyReusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.CursorError: HTTPStatus.BAD_REQUEST,
    errors.TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    errors.BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
}

REFUSALS = (errors.HelpdeskError, BotoCoreError, ClientError)
"""What may be raised wherever something is read or written."""

# What a service answers when it is asked too much or stumbles: trying again helps.
_PASSING = frozenset(
    {
        "InternalServerError",
        "InternalFailure",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionInProgressException",
    }
)


def register_problems(api: ApiGatewayResolver) -> None:
    """Let the resolver answer errors of ours, and what the libraries raise for a caller's fault, with a problem."""

    def answer(error: Exception) -> Response[str]:
        return response_to(error, api.context["language"])

    answered = [*REFUSALS, RequestValidationError, ResponseValidationError, UnicodeDecodeError, NoRouteError]
    api.exception_handler(answered)(answer)


def response_to(error: Exception, language: str) -> Response[str]:
    """The problem that tells of an error; one that is a fault of ours is raised again."""
    match error:
        case errors.HelpdeskError():
            return problem_response(error, language)
        case RequestValidationError():
            return _invalid_response(error.errors(), language)
        case UnicodeDecodeError():
            return problem_response(MalformedBodyError(), language)
        case NoRouteError():
            return problem_response(errors.NotFoundError(), language)
        case BotoCoreError():
            return problem_response(errors.BusyError(), language)
        case ClientError() if _is_passing(error):
            return problem_response(errors.BusyError(), language)
    raise error


def _is_passing(error: ClientError) -> bool:
    status: int = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return error.response["Error"]["Code"] in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def problem_response(error: errors.HelpdeskError, language: str) -> Response[str]:
    """The problem that tells of this error."""
    field_errors = []
    if isinstance(error, errors.InvalidError):
        field_errors = [{"field": error.field, "message": field_text(error.reason, language)}]
    return _response(error, language, field_errors)


def _response(error: errors.HelpdeskError, language: str, field_errors: Sequence[Mapping[str, str]]) -> Response[str]:
    kind = next(kind for kind in type(error).__mro__ if _slug(kind) in _texts()["problems"])
    status = next(_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES)
    text = _texts()["problems"][_slug(kind)]
    problem: dict[str, Any] = {
        "type": f"urn:poshtiban:problem:{_slug(kind)}",
        "title": text["title"][language],
        "status": int(status),
        "detail": text["detail"][language].format_map(vars(error)),
    }
    if field_errors:
        problem["errors"] = field_errors
    problem |= _extension(error)
    headers = {"Retry-After": str(problem["retry_after"])} if "retry_after" in problem else {}
    return Response(int(status), CONTENT_TYPE, json.dumps(problem, ensure_ascii=False), headers)


def _extension(error: errors.HelpdeskError) -> dict[str, Any]:
    """Members beyond the standard ones, for programs."""
    match error:
        case errors.TooManyRequestsError() | errors.BusyError():
            return {"retry_after": error.retry_after}
        case errors.ClaimedError():
            return {"assignee": {"id": error.assignee_id, "name": error.assignee_name}}
        case errors.AttachmentStateError():
            return {"attachment_id": error.attachment_id, "state": error.state}
        case errors.StaleReplyError():
            from helpdesk.edge.message_models import MessageView  # no other problem needs a model

            return {"newer": [MessageView.of(message).model_dump(mode="json") for message in error.newer]}
    return {}


def _invalid_response(found: Sequence[Mapping[str, Any]], language: str) -> Response[str]:
    field_errors = [
        {"field": _field(error["loc"]), "message": field_text(error["type"], language, error.get("ctx") or {})}
        for error in found
    ]
    return _response(InvalidRequestError(), language, field_errors)


def _field(location: Sequence[str | int]) -> str:
    """The name of a field as the caller sent it: ``attachments.0`` for ``("body", "attachments", 0)``."""
    return ".".join(str(part) for part in location[1:]) or str(location[0])


def field_text(reason: str, language: str, values: Mapping[str, Any] | None = None) -> str:
    """What is wrong with a field, in words."""
    texts = _texts()["fields"]
    values = values or {}
    if reason == "value_error":
        reason = str(values.get("error", reason))
    text: str = texts.get(reason, texts["invalid"])[language]
    return text.format_map(values)


@cache
def _texts() -> dict[str, Any]:
    return read_toml("edge/texts.toml")


def _slug(kind: type) -> str:
    """``ticket-closed`` for ``TicketClosedError``."""
    name = kind.__name__.removesuffix("Error")
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
