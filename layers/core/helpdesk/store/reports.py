"""Counters of the reports: how many events of each type each topic had on each local day."""

from datetime import date

from helpdesk.model.event import EventType
from helpdesk.store import keys
from helpdesk.store.codec import encode
from helpdesk.store.table import Table, Write

_MOST = 1000  # topics times event types, with much room


def increment(desk: Table, day: date, topic: str, event_type: EventType) -> Write:
    """One more."""
    return desk.update(
        keys.report_counter(day, topic, event_type),
        "ADD #count :one",
        values={":one": encode(1)},
        names={"#count": "count"},
    )


def counts_of(desk: Table, day: date) -> dict[tuple[str, str], int]:
    """The day's counters by topic and event type; one request."""
    items, _ = desk.query("pk = :day", {":day": keys.report_partition(day)}, limit=_MOST)
    return {_topic_and_type(item["sk"]["S"]): int(item["count"]["N"]) for item in items}


def _topic_and_type(sort_key: str) -> tuple[str, str]:
    topic, _, event_type = sort_key.rpartition("#")
    return topic, event_type
