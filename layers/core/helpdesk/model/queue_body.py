"""What stands in a queue: the JSON of an event, or of a one-time code on its way to its owner."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Kind


class UnreadableBodyError(Exception):
    """The body is neither of the two, or lacks something."""


def event_body(event: Event) -> str:
    """The event as subscribers get it, whole: `read_event` gives back an equal one."""
    document = {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "at": event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "audience": event.audience,
        "ticket_number": event.ticket_number,
        "customer_id": event.customer_id,
        "topic": event.topic,
        "priority": event.priority,
        "actor": {"kind": event.actor.kind, "id": event.actor.id, "name": event.actor.name},
        "data": dict(event.data),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read_event(body: str) -> Event:
    """The event in a queue that takes nothing else.

    Raises:
        UnreadableBodyError: it is not one.
    """
    message = read_event_or_code(body)
    if not isinstance(message, Event):
        raise UnreadableBodyError("kind")
    return message


def read_event_or_code(body: str) -> Event | CodeMessage:
    """What the queues of SMS and e-mail hold.

    Raises:
        UnreadableBodyError: it is neither; the error says what is wrong, never what stands there.
    """
    try:
        document = json.loads(body)
        return _READERS[document["kind"]](document)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableBodyError(type(error).__name__) from None


def _event(document: dict[str, Any]) -> Event:
    actor = document["actor"]
    return Event(
        id=_text(document["id"]),
        type=EventType(document["type"]),
        at=_moment(document["at"]),
        ticket_number=_text(document["ticket_number"]),
        customer_id=_text(document["customer_id"]),
        topic=_text(document["topic"]),
        priority=_text(document["priority"]),
        actor=Actor(Kind(actor["kind"]), _text(actor["id"]), _text(actor["name"])),
        previous_hash=_text(document["previous_hash"]),
        data={name: _text(value) for name, value in document["data"].items()},
        hash=_text(document["hash"]),
    )


def _code(document: dict[str, Any]) -> CodeMessage:
    code = document["code"]
    return CodeMessage(
        id=_text(document["id"]),
        to=_text(document["to"]),
        code=None if code is None else _text(code),
        purpose=Purpose(document["purpose"]),
        expires_at=_moment(document["expires_at"]),
        deliver=_flag(document["deliver"]),
        language=_text(document["language"]),
    )


_READERS: Mapping[str, Callable[[dict[str, Any]], Event | CodeMessage]] = {"event": _event, "code": _code}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("flag")
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("time zone")
    return moment
