"""An answer behind one that the customer has not read yet says so, so that one SMS tells of both."""

from helpdesk.model.event import Event, EventType
from helpdesk.store import events
from tests.functional.conftest import Aws, Client
from tests.functional.desk.conftest import Employ, answered, opened


def _answers(aws: Aws, number: str) -> list[Event]:
    """The events of the answers, oldest first."""
    history, _ = events.list_history(aws.table("desk"), number, 20, None)
    return [event for event in reversed(history) if event.type == EventType.TICKET_ANSWERED]


def test_the_second_of_two_answers_names_the_first(aws: Aws, sara: Client, employ: Employ) -> None:
    reza, number = employ(), opened(sara)
    for _ in range(3):
        assert answered(reza, number).status == 201

    first, second, third = _answers(aws, number)

    assert "unread_before" not in first.data
    assert [second.data["unread_before"], third.data["unread_before"]] == [first.id, second.id]


def test_an_answer_after_he_read_stands_for_itself(aws: Aws, sara: Client, employ: Employ) -> None:
    reza, number = employ(), opened(sara)
    answered(reza, number)
    newest = sara("GET", f"/tickets/{number}").body["messages"]["items"][0]["id"]
    assert sara("POST", f"/tickets/{number}/read", {"up_to": newest}).status < 300

    answered(reza, number)

    assert "unread_before" not in _answers(aws, number)[1].data


def test_an_answer_after_he_wrote_stands_for_itself(aws: Aws, sara: Client, employ: Employ) -> None:
    reza, number = employ(), opened(sara)
    answered(reza, number)
    assert sara("POST", f"/tickets/{number}/messages", {"body": "سپاس"}, key="thanks").status == 201

    answered(reza, number)

    assert "unread_before" not in _answers(aws, number)[1].data
