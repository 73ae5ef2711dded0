"""Staff are told by e-mail what concerns them, each once."""

from dataclasses import replace

import pytest

from helpdesk.model.delivery import Channel, DeliveryState, NotSentError, UncertainError
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import SYSTEM, Actor, Kind, Role, StaffMember
from helpdesk.model.queue_body import event_body
from helpdesk.store import staff
from tests.functional.backstage.conftest import OPENED, SARA, Backstage, Log, Provider

EMAIL = "email_sender"
LATE = replace(OPENED, id="01KB8R2M7XBREACH0000000000", type=EventType.RESPONSE_BREACHED, actor=SYSTEM, topic="credit")


def _employ(backstage: Backstage, name: str, role: Role, *topics: str, enabled: bool = True) -> StaffMember:
    member = StaffMember(name, f"{name}@desk.example", name, role, topics, enabled, OPENED.at)
    backstage.desk.apply(staff.creation(backstage.desk, member))
    return member


@pytest.fixture
def company(backstage: Backstage) -> None:
    """Supervisors of one topic, of another and of all, an agent, an administrator, and one who has left."""
    _employ(backstage, "hossein", Role.SUPERVISOR, "credit", "documents")
    _employ(backstage, "maryam", Role.SUPERVISOR, "other")
    _employ(backstage, "parisa", Role.SUPERVISOR)
    _employ(backstage, "reza", Role.AGENT, "credit")
    _employ(backstage, "niloofar", Role.ADMIN)
    _employ(backstage, "gone", Role.SUPERVISOR, "credit", enabled=False)


def _told(mailboxes: Provider) -> set[str]:
    return {email.to.partition("@")[0] for email in mailboxes.sent}


@pytest.mark.parametrize("type_", [EventType.RESPONSE_BREACHED, EventType.RESOLUTION_BREACHED])
def test_supervisors_of_the_topic_are_told(
    backstage: Backstage, company: None, mailboxes: Provider, type_: EventType
) -> None:
    assert backstage.tell(EMAIL, event_body(replace(LATE, type=type_))) == []

    assert _told(mailboxes) == {"hossein", "parisa"}
    assert backstage.row(Channel.EMAIL, "hossein", LATE.id).state == DeliveryState.SENT
    assert all("4821-9370-57" in email.text for email in mailboxes.sent)


def test_the_customer_is_not(backstage: Backstage, company: None, mailboxes: Provider) -> None:
    backstage.tell(EMAIL, event_body(LATE))

    assert SARA.email not in {email.to for email in mailboxes.sent}


def test_where_a_topic_has_no_supervisor_the_administrators_are_told(backstage: Backstage, mailboxes: Provider) -> None:
    _employ(backstage, "maryam", Role.SUPERVISOR, "other")
    _employ(backstage, "niloofar", Role.ADMIN)

    backstage.tell(EMAIL, event_body(LATE))

    assert _told(mailboxes) == {"niloofar"}


def test_where_there_is_nobody_it_is_written_down(backstage: Backstage, mailboxes: Provider) -> None:
    assert backstage.tell(EMAIL, event_body(LATE)) == []

    assert backstage.row(Channel.EMAIL, "supervisors", LATE.id).reason == "nobody"
    assert mailboxes.sent == []


def test_a_breach_that_comes_again_is_told_once(backstage: Backstage, company: None, mailboxes: Provider) -> None:
    for _ in range(2):
        assert backstage.tell(EMAIL, event_body(LATE), event_body(LATE)) == []

    assert len(mailboxes.sent) == 2


def test_only_whom_it_did_not_reach_is_tried_again(backstage: Backstage, company: None, mailboxes: Provider) -> None:
    mailboxes.failures = [NotSentError("throttled")]

    assert backstage.tell(EMAIL, event_body(LATE)) == ["0"]
    assert len(mailboxes.sent) == 1
    assert backstage.tell(EMAIL, event_body(LATE)) == []

    assert len(mailboxes.sent) == 2
    assert _told(mailboxes) == {"hossein", "parisa"}


def test_an_e_mail_that_did_not_surely_go_out_is_parked_and_the_other_sent(
    backstage: Backstage, company: None, mailboxes: Provider, log_of: Log
) -> None:
    log = log_of(EMAIL)
    mailboxes.failures = [UncertainError("ReadTimeoutError")]

    assert backstage.tell(EMAIL, event_body(LATE)) == []

    assert (len(mailboxes.sent), len(backstage.parked())) == (1, 1)
    assert "desk.example" not in log.getvalue()


MINE = replace(LATE, type=EventType.CUSTOMER_REPLIED, actor=OPENED.actor, data={"assignee_id": "reza"})


@pytest.mark.parametrize("type_", [EventType.CUSTOMER_REPLIED, EventType.TICKET_ASSIGNED])
def test_whoever_has_the_ticket_is_told(
    backstage: Backstage, company: None, mailboxes: Provider, type_: EventType
) -> None:
    assert backstage.tell(EMAIL, event_body(replace(MINE, type=type_))) == []

    assert _told(mailboxes) == {"reza"}
    assert all("4821-9370-57" in email.text for email in mailboxes.sent)


def test_a_reply_to_a_ticket_in_nobodys_hands_is_told_to_nobody(
    backstage: Backstage, company: None, mailboxes: Provider
) -> None:
    backstage.tell(EMAIL, event_body(replace(MINE, data={})))

    assert backstage.row(Channel.EMAIL, "assignee", MINE.id).reason == "nobody"
    assert mailboxes.sent == []


def test_whoever_takes_a_ticket_himself_is_not_told(backstage: Backstage, company: None, mailboxes: Provider) -> None:
    himself = Actor(Kind.AGENT, "hossein", "حسین")
    own = replace(MINE, type=EventType.TICKET_ASSIGNED, actor=himself, data={"assignee_id": "hossein"})

    backstage.tell(EMAIL, event_body(own))

    assert backstage.row(Channel.EMAIL, "hossein", MINE.id).reason == "own_doing"
    assert mailboxes.sent == []


def test_administrators_are_told_of_a_paused_subscriber(
    backstage: Backstage, company: None, mailboxes: Provider
) -> None:
    data = {"webhook_id": "crm", "subscriber": "crm.example"}
    paused = Event.without_ticket(MINE.id, EventType.WEBHOOK_PAUSED, MINE.at, "", data)

    assert backstage.tell(EMAIL, event_body(paused)) == []

    assert _told(mailboxes) == {"niloofar"}
    assert "crm.example" in mailboxes.sent[0].subject


def _many_late(number: int) -> list[Event]:
    topics = ("credit", "other")
    return [replace(LATE, id=f"LATE{n}", ticket_number=f"{n:010}", topic=topics[n % 2]) for n in range(number)]


def test_what_comes_late_at_once_is_one_e_mail_to_each(
    backstage: Backstage, company: None, mailboxes: Provider
) -> None:
    late = _many_late(10)

    assert backstage.tell(EMAIL, *map(event_body, late)) == []

    told = {email.to.partition("@")[0]: email.text for email in mailboxes.sent}
    assert len(told) == len(mailboxes.sent)
    assert {name: text.count("\u200e0000-0000-0") for name, text in told.items()} == {
        "hossein": 5,
        "maryam": 5,
        "parisa": 10,
    }


def test_each_late_ticket_has_its_row_for_each_supervisor(
    backstage: Backstage, company: None, mailboxes: Provider
) -> None:
    late = _many_late(4)

    for _ in range(2):
        assert backstage.tell(EMAIL, *map(event_body, late)) == []

    states = [backstage.row(Channel.EMAIL, "parisa", event.id).state for event in late]
    assert states == [DeliveryState.SENT, *[DeliveryState.MERGED] * 3]
    assert backstage.row(Channel.EMAIL, "parisa", "LATE3").reason == "told_by_LATE0"
    assert len(mailboxes.sent) == 3


def test_where_the_e_mail_fails_the_next_tells_of_all(backstage: Backstage, mailboxes: Provider) -> None:
    _employ(backstage, "parisa", Role.SUPERVISOR)
    mailboxes.failures = [NotSentError("throttled")]

    assert backstage.tell(EMAIL, *map(event_body, _many_late(3))) == ["0"]

    (email,) = mailboxes.sent
    assert email.text.count("0000-0000-0") == 3
    assert backstage.tell(EMAIL, event_body(_many_late(1)[0])) == []
    assert backstage.row(Channel.EMAIL, "parisa", "LATE0").state == DeliveryState.MERGED
    assert len(mailboxes.sent) == 1


def test_one_that_cannot_be_read_stops_no_digest(backstage: Backstage, company: None, mailboxes: Provider) -> None:
    assert backstage.tell(EMAIL, "{", *map(event_body, _many_late(4))) == ["0"]

    assert len(mailboxes.sent) == 3
