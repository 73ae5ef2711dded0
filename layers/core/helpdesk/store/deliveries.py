"""The ledger: one row for each event, channel and recipient (design: "nothing is lost")."""

from datetime import datetime, timedelta

from helpdesk.model.delivery import PARKED, Channel, DeliveryState, LedgerEntry
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, epoch, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write

LIFETIME = timedelta(days=90)
"""Far longer than a message waits in a queue and its dead letters. What is parked stays until somebody sees to it."""


class TakenError(Exception):
    """The delivery is settled, or another sender is at it.

    Args:
        entry: the row as it stands.
    """

    def __init__(self, entry: LedgerEntry) -> None:
        super().__init__(entry.state)
        self.entry = entry


class LostClaimError(Exception):
    """The row is not ours any more: we took so long that another sender gave us up."""


def find(desk: Table, event_id: str, channel: Channel, recipient: str) -> LedgerEntry | None:
    """The row as it stands now."""
    item = desk.get(keys.delivery(event_id, channel, recipient))
    return from_item(LedgerEntry, item) if item else None


def list_of_event(desk: Table, event_id: str) -> list[LedgerEntry]:
    """Every row of one event, by channel and recipient."""
    items = desk.query_whole("pk = :event", {":event": keys.delivery_partition(event_id)})
    return [from_item(LedgerEntry, item) for item in items]


def list_of_channel(desk: Table, event_id: str, channel: Channel) -> list[LedgerEntry]:
    """The rows of one event and channel, by recipient."""
    values = {":event": keys.delivery_partition(event_id), ":channel": keys.delivery_sort(channel, "")}
    items = desk.query_whole("pk = :event AND begins_with(sk, :channel)", values)
    return [from_item(LedgerEntry, item) for item in items]


def list_parked(desk: Table) -> list[LedgerEntry]:
    """Every row that waits for an operator, oldest first."""
    items = desk.query_whole("gsi5pk = :parked", {":parked": keys.parked()}, index="gsi5")
    return [from_item(LedgerEntry, item) for item in items if item["pk"]["S"].startswith(keys.delivery_partition(""))]


def take(desk: Table, entry: LedgerEntry, *, from_abandoned: bool = False) -> Write:
    """The row in its next state, if nobody has it: it is new, or was put back.

    Args:
        from_abandoned: whether it may also be taken from a sender that broke off, for what is safe to repeat.
    """
    condition, values = "attribute_not_exists(pk) OR #state = :queued", {":queued": encode(DeliveryState.QUEUED)}
    if from_abandoned:
        condition += " OR (#state = :sending AND sending_until < :now)"
        values |= {":sending": encode(DeliveryState.SENDING), ":now": encode(entry.changed_at)}
    return desk.put(
        _item(entry),
        condition=condition,
        values=values,
        names={"#state": "state"},
        refusal=lambda item: TakenError(from_item(LedgerEntry, item)),
    )


def settle(desk: Table, entry: LedgerEntry, claim: LedgerEntry) -> Write:
    """What became of the delivery that was taken up by `claim`."""
    if claim.sending_until is None:
        raise AssertionError("nobody is sending it")
    return desk.put(
        _item(entry),
        condition="#state = :sending AND sending_until = :until",
        values={":sending": encode(DeliveryState.SENDING), ":until": encode(claim.sending_until)},
        names={"#state": "state"},
        refusal=lambda _: LostClaimError(),
    )


def unparking(desk: Table, queued: LedgerEntry, was: DeliveryState) -> Write:
    """The row as if nobody had tried, by an operator's hand, if it is still parked."""
    return desk.put(
        _item(queued),
        condition="#state = :was AND attribute_exists(gsi5pk)",
        values={":was": encode(was)},
        names={"#state": "state"},
        refusal=lambda item: TakenError(from_item(LedgerEntry, item)),
    )


def dismissal(desk: Table, entry: LedgerEntry, now: datetime) -> Write:
    """The row off the operators' list: its state stays, and it goes with all others in time."""
    return desk.update(
        keys.delivery(entry.event_id, entry.channel, entry.recipient),
        "SET expires_at = :end REMOVE gsi5pk, gsi5sk",
        condition="#state = :was",
        values={":end": epoch(now + LIFETIME), ":was": encode(entry.state)},
        names={"#state": "state"},
        refusal=lambda item: TakenError(from_item(LedgerEntry, item)),
    )


def _item(entry: LedgerEntry) -> Item:
    item = {**keys.delivery(entry.event_id, entry.channel, entry.recipient), **to_item(entry)}
    if entry.state in PARKED:
        place = f"{timestamp(entry.changed_at)}#{entry.event_id}"
        return item | {"gsi5pk": encode(keys.parked()), "gsi5sk": encode(place)}
    return item | {"expires_at": epoch(entry.changed_at + LIFETIME)}
