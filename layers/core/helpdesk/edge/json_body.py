"""Request bodies: strict JSON, small enough."""

import json
from typing import Any, NoReturn

from helpdesk.edge.errors import BodyTooLargeError, MalformedBodyError

MOST_CHARACTERS = 128 * 1024


def read_json(text: str) -> dict[str, Any]:
    """The object in the text.

    Raises:
        MalformedBodyError: it is no JSON object, or holds NaN, a duplicate name or endless nesting.
        BodyTooLargeError: it is too long to be looked at.
    """
    if len(text) > MOST_CHARACTERS:
        raise BodyTooLargeError
    try:
        document = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise MalformedBodyError from error
    if not isinstance(document, dict):
        raise MalformedBodyError
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate name")
    return members
