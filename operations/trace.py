"""What became of events: ``python -m operations.trace STACK --number … | --event …`` (`make trace`).

A block for each event: when it happened and when it was relayed, then a line for each ledger row:
channel, recipient (an id, never a number or an address), state, since when, why, and what the provider calls it;
and a line for each channel that has none to show yet.
"""

import argparse
from collections.abc import Collection, Iterator

from helpdesk.model.correlation import CORRELATION
from helpdesk.model.delivery import Channel, LedgerEntry
from helpdesk.model.event import Audience
from helpdesk.model.hearing import HEARD, Hearer
from helpdesk.model.identifiers import canonical_ticket_number
from helpdesk.store import deliveries, events, keys
from helpdesk.store.codec import Item, timestamp
from helpdesk.store.events import from_image
from helpdesk.store.table import Table
from operations.stack import desk


def main() -> None:
    """Print the way of one event, or of all events of a ticket, oldest first."""
    parser = argparse.ArgumentParser(description="Print what became of events.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--number", help="of a ticket, in any grouping")
    asked.add_argument("--event", help="id of an event")
    options = parser.parse_args()
    table = desk(options.stack)
    found = events_of(table, options.number) if options.number else [event_of(table, options.event)]
    for event_id, event in found:
        print("\n".join(lines(event_id, event, deliveries.list_of_event(table, event_id))), end="\n\n")


def events_of(table: Table, number: str) -> Iterator[tuple[str, Item | None]]:
    """Every event of a ticket, oldest first."""
    values = {":ticket": keys.ticket_partition(canonical_ticket_number(number)), ":events": "EVENT#"}
    for item in table.query_whole("pk = :ticket AND begins_with(sk, :events)", values):
        yield item["sk"]["S"].removeprefix("EVENT#"), item


def event_of(table: Table, event_id: str) -> tuple[str, Item | None]:
    """The event of this id, by the ticket that its ledger rows name; None where nobody knows it."""
    rows = deliveries.list_of_event(table, event_id)
    numbers = [row.ticket_number for row in rows if row.ticket_number]
    return event_id, table.get(keys.event(numbers[0], event_id) if numbers else keys.lone_event(event_id))


def lines(event_id: str, event: Item | None, rows: list[LedgerEntry]) -> Iterator[str]:
    """The event, how far it came, and its rows."""
    if event is None:
        yield f"{event_id}  no event is found by the ledger: ask by the ticket's number"
    else:
        yield "  ".join(filter(None, [event_id, event["type"]["S"], event["at"]["S"], _request(event)]))
        yield f"  {_outbox(event)}"
    for row in rows:
        told = f"  {row.channel:8}{row.recipient:28}{row.state:12}since {timestamp(row.changed_at)}"
        yield "  ".join([told, *filter(None, [row.reason, row.provider_id and f"provider: {row.provider_id}"])])
    for channel, hearer in _awaited(event, {row.channel for row in rows}):
        yield f"  {channel:8}{hearer:28}no row: in the channel's queue, in a sender's hands, or among its dead letters"


def _awaited(event: Item | None, told: Collection[Channel]) -> Iterator[tuple[Channel, Hearer]]:
    """Channels that have a row to write yet; how many subscribers there were at the time, nothing tells."""
    if event is None or "relayed_at" not in event or "imported_at" in event:
        return
    happened = from_image(event)
    for channel, hearer in HEARD[happened.type].items():
        is_meant = hearer != Hearer.CUSTOMER or happened.audience == Audience.CUSTOMER
        if channel not in told and hearer != Hearer.SUBSCRIBERS and is_meant:
            yield channel, hearer


def _request(event: Item) -> str:
    """By what every log line that has to do with it is found."""
    return f"{CORRELATION}: {events.correlation_of(event)}" if events.correlation_of(event) else ""


def _outbox(event: Item) -> str:
    if "imported_at" in event:
        return f"imported {event['imported_at']['S']}, told to nobody"
    if "parked_reason" in event:
        return f"parked: {event['parked_reason']['S']}"
    return f"relayed {event['relayed_at']['S']}" if "relayed_at" in event else "waits to be relayed"


if __name__ == "__main__":
    main()
