"""See to what is parked: ``python -m operations.unpark STACK EVENT [--dismiss]``
(`make unpark`, `make dismiss`).

An event that could not be published goes back into the outbox, and the sweeper publishes it within a minute. A delivery
goes back to `queued`, and its event into the channel's queue: only the parked recipients get it, since all others are
settled in the ledger. Whoever unparks an `unknown` message may send it a second time. Dismissing leaves the row as it
is and takes it off the list, for what was seen to otherwise.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import boto3

from helpdesk.model.delivery import Channel, DeliveryState, LedgerEntry
from helpdesk.model.queue_body import event_body
from helpdesk.store import deliveries, events
from helpdesk.store.table import Table
from operations.stack import desk, outputs
from operations.trace import event_of

_SECONDS_FOR_THE_ROWS = 10


def main() -> None:
    """Say what was done, a line each; with nothing to do end with 1."""
    parser = argparse.ArgumentParser(description="See to what is parked.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("event", help="id of the event")
    parser.add_argument("--dismiss", action="store_true", help="take deliveries off the list and send nothing")
    options = parser.parse_args()
    found, table, now = outputs(options.stack), desk(options.stack), datetime.now(UTC)
    if options.dismiss:
        done = list(dismiss(table, options.event, now))
    else:
        queues = {channel: found[f"{channel.title()}QueueUrl"] for channel in Channel}
        done = list(unpark(table, queues, options.event, now))
    print("\n".join(done) or "Nothing of this event is parked.", file=sys.stdout if done else sys.stderr)
    sys.exit(not done)


def unpark(table: Table, queues: Mapping[Channel, str], event_id: str, now: datetime) -> Iterator[str]:
    """Try again whatever of the event is parked."""
    if item := events.find_parked(table, event_id):
        table.apply(events.unparking(table, item))
        yield f"{event_id} is in the outbox again"
    if not (rows := _parked_rows(table, event_id)):
        return
    _, image = event_of(table, event_id)
    if image is None:
        sys.exit(f"The event {event_id} is not in the table any more: dismiss it.")
    for channel in sorted({row.channel for row in rows}):
        _send_later(queues[channel], event_body(events.from_image(image)))
    for row in rows:
        queued = replace(row, state=DeliveryState.QUEUED, reason="unparked", changed_at=now)
        table.apply(deliveries.unparking(table, queued, row.state))
        yield f"{row.channel} to {row.recipient} is queued again"


def _send_later(queue_url: str, body: str) -> None:
    """First the message, for a sender that comes once the rows are ready: breaking off in between loses nothing."""
    boto3.client("sqs").send_message(QueueUrl=queue_url, MessageBody=body, DelaySeconds=_SECONDS_FOR_THE_ROWS)


def dismiss(table: Table, event_id: str, now: datetime) -> Iterator[str]:
    """Take the event, and its parked deliveries, off the list."""
    if item := events.find_parked(table, event_id):
        table.apply(events.dismissal(table, item))
        yield f"{event_id} is off the list, and not published"
    for row in _parked_rows(table, event_id):
        table.apply(deliveries.dismissal(table, row, now))
        yield f"{row.channel} to {row.recipient} stays {row.state}, and is off the list"


def _parked_rows(table: Table, event_id: str) -> list[LedgerEntry]:
    return [row for row in deliveries.list_parked(table) if row.event_id == event_id]


if __name__ == "__main__":
    main()
