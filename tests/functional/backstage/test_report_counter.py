"""Every event is counted once, on its local day, and the summary shows it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import EventType
from helpdesk.model.figures import NOBODY, UNSOLVED
from helpdesk.model.queue_body import event_body
from helpdesk.store import reports
from tests.functional.backstage.conftest import ANSWERED, OPENED, Backstage

COUNTER = "report_counter"
DAY = date(2026, 11, 23)
REZA = ANSWERED.actor.id


def _counted(backstage: Backstage, day: date = DAY) -> dict[tuple[str, str, str], int]:
    """Counters that are no times, by topic, agent and name."""
    cells = reports.list_cells(backstage.desk, day)
    return {
        (cell.topic, cell.agent_id, name): number
        for cell, counts in cells
        for name, number in counts.items()
        if "#" not in name and name != UNSOLVED
    }


def test_events_are_counted_by_topic_and_agent(backstage: Backstage) -> None:
    assert backstage.invoke(COUNTER) == {"batchItemFailures": []}

    assert _counted(backstage) == {("cheque_return", NOBODY, "opened"): 1, ("cheque_return", REZA, "answered"): 1}
    assert reports.read_backlog(backstage.desk).present == {("cheque_return", "normal"): 1}
    assert backstage.row(Channel.REPORTS, "counters").state == DeliveryState.SENT


def test_an_event_that_comes_again_is_not_counted_again(backstage: Backstage) -> None:
    bodies = [event_body(OPENED), event_body(OPENED), event_body(replace(OPENED, id="another"))]

    for _ in range(2):
        assert backstage.tell(COUNTER, *bodies) == []

    assert _counted(backstage) == {("cheque_return", NOBODY, "opened"): 2}
    assert reports.read_backlog(backstage.desk).present == {("cheque_return", "normal"): 2}


def test_the_day_is_that_of_tehran(backstage: Backstage) -> None:
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # midnight there

    backstage.tell(COUNTER, event_body(replace(OPENED, at=late)))
    backstage.tell(COUNTER, event_body(replace(ANSWERED, at=late.replace(minute=29))))

    assert set(_counted(backstage)) == {("cheque_return", NOBODY, "opened")}
    assert set(_counted(backstage, date(2026, 11, 22))) == {("cheque_return", REZA, "answered")}


def test_topics_are_counted_apart(backstage: Backstage) -> None:
    backstage.tell(COUNTER, event_body(OPENED), event_body(replace(OPENED, id="another", topic="credit")))

    assert _counted(backstage) == {("cheque_return", NOBODY, "opened"): 1, ("credit", NOBODY, "opened"): 1}


def test_an_event_that_nothing_counts_is_settled_all_the_same(backstage: Backstage) -> None:
    noted = replace(ANSWERED, type=EventType.NOTE_ADDED, data={"message_id": "m", "status_now": "open"})

    assert backstage.tell(COUNTER, event_body(noted)) == []

    assert _counted(backstage) == {}
    assert backstage.row(Channel.REPORTS, "counters").state == DeliveryState.SENT
