"""Every event is counted once, on its local day."""

from dataclasses import replace
from datetime import UTC, date, datetime

from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.queue_body import event_body
from helpdesk.store import reports
from tests.functional.backstage.conftest import ANSWERED, OPENED, Backstage

COUNTER = "report_counter"
DAY = date(2026, 11, 23)


def test_events_are_counted_by_topic_and_type(backstage: Backstage) -> None:
    assert backstage.invoke(COUNTER) == {"batchItemFailures": []}

    assert reports.counts_of(backstage.desk, DAY) == {
        ("cheque_return", "ticket_opened"): 1,
        ("cheque_return", "ticket_answered"): 1,
    }
    assert backstage.row(Channel.REPORTS, "counters").state == DeliveryState.SENT


def test_an_event_that_comes_again_is_not_counted_again(backstage: Backstage) -> None:
    bodies = [event_body(OPENED), event_body(OPENED), event_body(replace(OPENED, id="another"))]

    for _ in range(2):
        assert backstage.tell(COUNTER, *bodies) == []

    assert reports.counts_of(backstage.desk, DAY) == {("cheque_return", "ticket_opened"): 2}


def test_the_day_is_that_of_tehran(backstage: Backstage) -> None:
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # midnight there

    backstage.tell(COUNTER, event_body(replace(OPENED, at=late)))
    backstage.tell(COUNTER, event_body(replace(ANSWERED, at=late.replace(minute=29))))

    assert set(reports.counts_of(backstage.desk, DAY)) == {("cheque_return", "ticket_opened")}
    assert set(reports.counts_of(backstage.desk, date(2026, 11, 22))) == {("cheque_return", "ticket_answered")}


def test_topics_are_counted_apart(backstage: Backstage) -> None:
    backstage.tell(COUNTER, event_body(OPENED), event_body(replace(OPENED, id="another", topic="credit")))

    assert reports.counts_of(backstage.desk, DAY) == {
        ("cheque_return", "ticket_opened"): 1,
        ("credit", "ticket_opened"): 1,
    }
