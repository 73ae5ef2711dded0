"""`make verify`: what was done to a history afterwards is named, from an export of the table."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpdesk.model.identifiers import grouped_ticket_number
from helpdesk.store import events
from operations import verify_history
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.desk.conftest import CleanFile, answered, opened

type Items = list[dict[str, Any]]

SOUND = "are as they were written"


@pytest.fixture
def exported(aws: Aws, customer: SignIn, agent: SignIn) -> Items:
    """Two tickets with five events each, as the table holds them."""
    sara, reza = customer(), agent()
    for _ in range(2):
        number = opened(sara)
        reza("POST", f"/tickets/{number}/claim")
        note = {"body": "یادداشت", "visibility": "internal"}
        reza("POST", f"/tickets/{number}/messages", note, key=f"note {number}")
        answered(reza, number)
        sara("POST", f"/tickets/{number}/messages", {"body": "ممنون"}, key=f"thanks {number}")
    return aws.items("desk")


@pytest.fixture
def verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[Items], str]:
    """What the command prints of these items, written as DynamoDB exports them."""

    def run(items: Items) -> str:
        data = tmp_path / "AWSDynamoDB" / "01700000000000-a1b2c3d4" / "data"
        data.mkdir(parents=True, exist_ok=True)
        (data.parent / "manifest-summary.json").write_text('{"version": "2020-06-30"}', encoding="utf-8")
        for n in range(2):  # an export has no order, and several files
            lines = [json.dumps({"Item": item}, ensure_ascii=False) for item in items[n::2]]
            with gzip.open(data / f"{n}.json.gz", "wt", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        monkeypatch.setattr(sys, "argv", ["verify", str(tmp_path)])
        try:
            verify_history.main()
        except SystemExit as ended:
            return capsys.readouterr().out + str(ended.code)
        return capsys.readouterr().out

    return run


type Verify = Callable[[Items], str]


def _of(items: Items, kind: str) -> Items:
    """The items of one ticket and kind, in their order."""
    ticket = min(item["pk"]["S"] for item in items if item["pk"]["S"].startswith("TICKET#"))
    found = [item for item in items if item["pk"]["S"] == ticket and item["sk"]["S"].startswith(kind)]
    return sorted(found, key=lambda item: str(item["sk"]["S"]))


def _named(item: dict[str, Any]) -> str:
    return f"{grouped_ticket_number(item['pk']['S'].removeprefix('TICKET#'))}: "


def test_histories_as_they_were_written_are_sound(exported: Items, verify: Verify) -> None:
    assert verify(exported) == f"10 records of 2 tickets {SOUND}; 0 messages were erased.\n"


ALTERED = {
    "actor": {"M": {"kind": {"S": "agent"}, "id": {"S": "x"}, "name": {"S": "دیگری"}}},
    "at": {"S": "2026-01-01T00:00:00.000Z"},
    "data": {"M": {"status": {"S": "open → resolved"}}},
    "type": {"S": "unheard_of"},
    "customer_id": {"NULL": True},
    "ticket_number": {"S": "0000000000"},
    "previous_hash": {"S": "0" * 64},
    "hash": {"S": "0" * 64},
}


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_record_is_named(exported: Items, verify: Verify, place: int, name: str) -> None:
    event = _of(exported, "EVENT#")[place]
    event[name] = ALTERED[name]

    said = verify(exported)

    assert f"{_named(event)}{event['sk']['S']} was altered\n" in said
    assert said.endswith("1 of 2 histories are not as they were written.")


@pytest.mark.parametrize("place", range(5))
def test_a_missing_record_is_named(exported: Items, verify: Verify, place: int) -> None:
    history = _of(exported, "EVENT#")
    missing = history[place]

    said = verify([item for item in exported if item is not missing])

    keys = [event["sk"]["S"] for event in history]
    expected = {0: f"the record before {keys[1]} is missing", 4: f"{keys[4]} is missing"}
    between = f"a record between {keys[place - 1]} and {keys[(place + 1) % 5]} is missing, or the former was replaced"
    assert said.startswith(_named(missing) + expected.get(place, between) + "\n")


@pytest.mark.parametrize("place", range(5))
def test_a_record_that_was_replaced_by_a_sealed_one_is_noticed(exported: Items, verify: Verify, place: int) -> None:
    event = _of(exported, "EVENT#")[place]
    event["actor"]["M"]["id"] = {"S": "another"}
    event["hash"] = {"S": events.from_image(event).sealed().hash}

    said = verify(exported)

    assert event["sk"]["S"] in said.splitlines()[0]
    assert "replaced" in said.splitlines()[0]


def test_the_first_of_several_is_named(exported: Items, verify: Verify) -> None:
    history = _of(exported, "EVENT#")
    for event in history[2:]:
        event["at"] = {"S": "2026-01-01T00:00:00.000Z"}

    assert verify(exported).startswith(f"{_named(history[2])}{history[2]['sk']['S']} was altered\n")


@pytest.mark.parametrize("kind", ["MESSAGE#", "INTERNAL#"])
def test_a_message_that_the_history_tells_of_is_missed(exported: Items, verify: Verify, kind: str) -> None:
    gone = _of(exported, kind)[-1]

    said = verify([item for item in exported if item is not gone])

    assert f"the message {gone['sk']['S'].removeprefix(kind)} of EVENT#" in said


def test_a_ticket_that_is_gone_is_missed(exported: Items, verify: Verify) -> None:
    (gone,) = _of(exported, "TICKET")

    assert verify([item for item in exported if item is not gone]).startswith(f"{_named(gone)}the ticket is missing\n")


def test_the_mark_of_the_relay_belongs_to_no_history(exported: Items, verify: Verify) -> None:
    for event in _of(exported, "EVENT#"):
        event["relayed_at"] = {"S": "2026-11-23T08:00:00.000Z"}
        del event["gsi5pk"], event["gsi5sk"]

    assert SOUND in verify(exported)


MESSAGE_ALTERED = {
    "body": {"S": "چیز دیگر"},
    "author": {"M": {"kind": {"S": "agent"}, "id": {"S": "x"}, "name": {"S": "دیگری"}}},
    "created_at": {"S": "2026-01-01T00:00:00.000Z"},
    "attachments": {"L": []},
    "salt": {"S": ""},
    "visibility": {"NULL": True},
    "id": {"S": "another"},
}


@pytest.fixture
def with_file(sara: Client, agent: SignIn, aws: Aws, clean_file: CleanFile) -> Items:
    """A ticket with a file in an answer and in a note."""
    number, reza = opened(sara), agent()
    answered(reza, number, attachments=[clean_file(reza)])
    answered(reza, number, attachments=[clean_file(reza)], visibility="internal")
    return aws.items("desk")


@pytest.mark.parametrize("name", MESSAGE_ALTERED)
@pytest.mark.parametrize("kind", ["MESSAGE#", "INTERNAL#"])
def test_an_altered_message_is_named(with_file: Items, verify: Verify, kind: str, name: str) -> None:
    message = _of(with_file, kind)[-1]
    message[name] = MESSAGE_ALTERED[name]

    said = verify(with_file)

    assert f"{_named(message)}the message {message['sk']['S'].removeprefix(kind)} of EVENT#" in said
    assert " was altered\n" in said


def test_the_name_of_an_attached_file_is_a_part_of_the_message(with_file: Items, verify: Verify) -> None:
    _of(with_file, "MESSAGE#")[-1]["attachments"]["L"][0]["M"]["filename"] = {"S": "other.png"}

    assert " was altered\n" in verify(with_file)


def test_a_note_that_was_made_public_is_noticed(with_file: Items, verify: Verify) -> None:
    (note,) = _of(with_file, "INTERNAL#")
    note["sk"] = {"S": note["sk"]["S"].replace("INTERNAL#", "MESSAGE#")}

    assert " was altered\n" in verify(with_file)


def test_a_message_that_no_event_tells_of_is_noticed(exported: Items, verify: Verify) -> None:
    message = _of(exported, "MESSAGE#")[0]
    forged = {**message, "id": {"S": "01ZZ"}, "sk": {"S": "MESSAGE#01ZZ"}}

    assert verify([*exported, forged]).startswith(f"{_named(message)}the message 01ZZ is one that no event tells of\n")


def test_an_erased_message_and_an_erased_name_leave_the_history_sound(with_file: Items, verify: Verify) -> None:
    erased = _of(with_file, "MESSAGE#")[0]
    erased |= {"body": {"S": ""}, "attachments": {"L": []}, "salt": {"S": ""}}
    erased["author"]["M"]["name"] = {"S": ""}
    _of(with_file, "EVENT#")[0]["actor"]["M"]["name"] = {"S": ""}
    _of(with_file, "TICKET")[0]["customer_name"] = {"S": ""}

    assert verify(with_file) == f"3 records of 1 tickets {SOUND}; 1 messages were erased.\n"


def test_the_name_of_an_agent_is_a_part_of_the_history(with_file: Items, verify: Verify) -> None:
    event = _of(with_file, "EVENT#")[-1]
    event["actor"]["M"]["name"] = {"S": ""}

    assert f"{event['sk']['S']} was altered\n" in verify(with_file)


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "closed"), ("topic", "other"), ("priority", "low"), ("assignee_id", "x"), ("status", "unheard of")],
)
def test_a_ticket_that_stands_elsewhere_than_its_history_says_is_noticed(
    exported: Items, verify: Verify, name: str, value: str
) -> None:
    (ticket,) = _of(exported, "TICKET")
    ticket[name] = {"S": value}

    said = verify(exported)

    assert said.startswith(_named(ticket))
    assert "the ticket was altered" in said


def test_an_export_without_tickets_proves_nothing(verify: Verify) -> None:
    assert verify([]) == "There is no ticket in this export."
