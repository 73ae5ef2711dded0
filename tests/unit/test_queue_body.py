"""What stands in a queue is read back as it was written, or refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.aws.code_queue import CodeQueue
from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import Channel
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Kind
from helpdesk.model.queue_body import UnreadableBodyError, event_body, read_event, read_event_or_code

AT = datetime(2026, 11, 23, 6, 41, 12, 480000, tzinfo=UTC)
ACTOR = Actor(Kind.AGENT, "reza", "رضا کریمی")
ANSWERED = Event("e", EventType.TICKET_ANSWERED, AT, "4821937057", "sara", "credit", "normal", ACTOR, "", {"a": "b"})
CODE = CodeMessage("c", "+989121234567", "482193", Purpose.REGISTRATION, AT, deliver=True, language="fa")

texts = st.text(max_size=20)
events = st.builds(
    Event,
    id=texts,
    type=st.sampled_from(EventType),
    at=st.integers(0, 4_000_000_000_000).map(lambda ms: datetime.fromtimestamp(ms / 1000, UTC)),
    ticket_number=texts,
    customer_id=texts,
    topic=texts,
    priority=texts,
    actor=st.builds(Actor, st.sampled_from(Kind), texts, texts),
    previous_hash=texts,
    data=st.dictionaries(texts, texts, max_size=3),
)


def code_body(message: CodeMessage) -> str:
    """What customer_accounts puts into the queue."""
    bodies: list[str] = []

    class Queue:
        def send_message(self, **request: str) -> None:
            bodies.append(request["MessageBody"])

    CodeQueue(Queue(), dict.fromkeys(Channel, "url")).send(message)
    return bodies[0]


@given(events.map(Event.sealed))
def test_an_event_is_read_back_whole_with_a_hash_that_still_fits(event: Event) -> None:
    read = read_event(event_body(event))

    assert read == event
    assert read.computed_hash() == event.hash


@pytest.mark.parametrize("code", ["482193", None])
def test_a_code_is_read_as_the_accounts_wrote_it(code: str | None) -> None:
    message = replace(CODE, code=code)

    assert read_event_or_code(code_body(message)) == message


def test_a_code_never_passes_where_only_events_belong() -> None:
    with pytest.raises(UnreadableBodyError):
        read_event(code_body(CODE))


def test_subscribers_read_the_audience_too() -> None:
    assert json.loads(event_body(ANSWERED))["audience"] == "customer"


@pytest.mark.parametrize("body", ["", "{", "null", "[]", '"event"', "{}", '{"kind": "song"}', '{"kind": ["event"]}'])
def test_what_is_neither_event_nor_code_is_refused(body: str) -> None:
    with pytest.raises(UnreadableBodyError):
        read_event_or_code(body)


@pytest.mark.parametrize(
    "damage",
    [
        {"type": "ticket_eaten"},
        {"at": "yesterday"},
        {"at": "2026-11-23T06:41:12"},
        {"at": 1795415272},
        {"id": 7},
        {"actor": "reza"},
        {"actor": {"kind": "agent", "id": "reza"}},
        {"data": {"a": 1}},
        {"data": ["a"]},
        {"ticket_number": None},
    ],
)
def test_a_damaged_event_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(UnreadableBodyError):
        read_event(json.dumps(json.loads(event_body(ANSWERED)) | damage))


@pytest.mark.parametrize("name", ["id", "to", "code", "purpose", "expires_at", "deliver", "language"])
def test_a_code_that_lacks_something_is_refused(name: str) -> None:
    document = json.loads(code_body(CODE))
    del document[name]

    with pytest.raises(UnreadableBodyError):
        read_event_or_code(json.dumps(document))


@pytest.mark.parametrize("deliver", ["false", 0, None])
def test_whether_to_deliver_is_never_guessed(deliver: object) -> None:
    with pytest.raises(UnreadableBodyError):
        read_event_or_code(json.dumps(json.loads(code_body(CODE)) | {"deliver": deliver}))


def test_the_error_shows_nothing_of_the_body() -> None:
    with pytest.raises(UnreadableBodyError) as failed:
        read_event_or_code(json.dumps(json.loads(code_body(CODE)) | {"purpose": CODE.to}))

    assert "912" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
