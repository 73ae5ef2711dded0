"""Request bodies: strict JSON, small enough."""

import json
from math import isfinite
from typing import Any, NoReturn

from helpdesk.edge.errors import BodyTooLargeError, MalformedBodyError
from helpdesk.model.text import clean_line

MOST_CHARACTERS = 128 * 1024
MOST_ENCODED = 4 * 4 * MOST_CHARACTERS // 3
"""The same as UTF-8 in base64, as bodies of a REST API with binary types come."""


def read_json(text: str) -> dict[str, Any]:
    """The object in the text.

    Raises:
        MalformedBodyError: it is no JSON object, or holds NaN, a number beyond range, a duplicate name, a name that
            cannot be written down again, or endless nesting.
        BodyTooLargeError: it is too long to be looked at.
    """
    if len(text) > MOST_CHARACTERS:
        raise BodyTooLargeError
    try:
        document = json.loads(text, parse_constant=_refuse_constant, parse_float=_number, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise MalformedBodyError from error
    if not isinstance(document, dict):
        raise MalformedBodyError
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("number")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("duplicate name")
    for name in members:
        clean_line(name)  # an unknown one is named in the answer
    return members
