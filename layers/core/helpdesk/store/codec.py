"""Between the model's dataclasses and DynamoDB's attribute values, both ways, by their type hints."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

type Attribute = dict[str, Any]
"""One attribute value as the low-level client takes it: ``{"S": "text"}``."""
type Item = dict[str, Attribute]


def timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds: a fixed width, so that it sorts."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch(moment: datetime) -> Attribute:
    """Whole seconds since 1970, as a TTL attribute wants them."""
    return {"N": str(int(moment.timestamp()))}


def to_item(record: "DataclassInstance") -> Item:
    """The record's fields as attributes; what is None is left out."""
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    return {name: encode(value) for name, value in values if value is not None}


def encode(value: Any) -> Attribute:
    """One value as an attribute.

    Raises:
        TypeError: the model has no such type.
    """
    match value:
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": str(value)}
        case int():
            return {"N": str(value)}
        case datetime():
            return {"S": timestamp(value)}
        case tuple():
            return {"L": [encode(member) for member in value]}
        case Mapping():
            return {"M": {name: encode(member) for name, member in value.items()}}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {"M": to_item(value)}
    raise TypeError(f"no attribute for {type(value).__name__}")


def from_item[Record: "DataclassInstance"](kind: type[Record], item: Item) -> Record:
    """The record of this kind that the item holds; attributes it has no field for are passed over."""
    return kind(**{name: decode(item[name]) for name, decode in _decoders(kind).items() if name in item})


@cache
def _decoders(kind: type["DataclassInstance"]) -> dict[str, Callable[[Attribute], Any]]:
    hints = get_type_hints(kind)
    return {field.name: _decoder(hints[field.name]) for field in fields(kind)}


def _decoder(hint: Any) -> Callable[[Attribute], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _decoder(next(member for member in arguments if member is not type(None)))
    if origin is tuple:
        member = _decoder(arguments[0])
        return lambda attribute: tuple(member(value) for value in attribute["L"])
    if origin is Mapping:
        value = _decoder(arguments[1])
        return lambda attribute: {name: value(member) for name, member in attribute["M"].items()}
    return _plain_decoder(hint)


def _plain_decoder(hint: Any) -> Callable[[Attribute], Any]:
    if is_dataclass(hint):
        return lambda attribute: from_item(hint, attribute["M"])  # type: ignore[arg-type]  # a type, by the hint
    if hint is datetime:
        return lambda attribute: datetime.fromisoformat(attribute["S"])
    if hint is bool:
        return lambda attribute: attribute["BOOL"]
    if hint is int:
        return lambda attribute: int(attribute["N"])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda attribute: hint(attribute["S"])
    return lambda attribute: attribute["S"]
