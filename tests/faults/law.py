"""The law of the design's ninth chapter, as a look at the tables: what breaks it, in words; nothing if it holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from helpdesk.model.delivery import PARKED, Channel, DeliveryState, LedgerEntry
from helpdesk.model.event import Audience, Event
from helpdesk.model.hearing import HEARD, Hearer
from helpdesk.model.webhook import Webhook
from helpdesk.store import keys
from helpdesk.store.codec import Item, from_item
from helpdesk.store.events import UndecodableEventError, from_image
from operations.verify_history import read

FINAL = frozenset(DeliveryState) - {DeliveryState.QUEUED, DeliveryState.SENDING}

type Rows = Mapping[tuple[str, str], list[Item]]


def breaches(items: Iterable[Item]) -> list[str]:
    """Where, for an event, an intended recipient and a channel, not exactly one delivery is final or parked."""
    items = list(items)
    rows: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        if item["pk"]["S"].startswith("DELIVERY#"):
            rows[item["event_id"]["S"], item["channel"]["S"]].append(item)
    hooks = [from_item(Webhook, item) for item in items if item["pk"]["S"] == keys.webhooks()]
    found = [breach for item in items if is_event(item) for breach in _of_event(item, rows, hooks)]
    return [*found, *(f"history of {number}: {text}" for number, text in broken_histories(items).items())]


def is_event(item: Item) -> bool:
    """Whether it is an event's item."""
    return str(item["sk"]["S"]).startswith("EVENT#")


def broken_histories(items: Iterable[Item]) -> dict[str, str]:
    """What `make verify` finds, by the number of the ticket."""
    found = {number: history.first_fault() for number, history in read(items).items()}
    return {number: fault.text for number, fault in found.items() if fault}


def _of_event(item: Item, rows: Rows, hooks: list[Webhook]) -> Iterator[str]:
    name = f"{item['pk']['S']} {item['sk']['S']}"
    if is_parked(item):
        return
    if "relayed_at" not in item:
        yield f"{name} was not relayed"
    try:
        event = from_image(item)
    except UndecodableEventError:
        yield f"{name} cannot be read and is not parked"
        return
    for channel, hearer in HEARD[event.type].items():
        yield from _of_channel(f"{name} ({event.type})", event, channel, hearer, rows[event.id, channel], hooks)


def _of_channel(
    name: str, event: Event, channel: Channel, hearer: Hearer, rows: list[Item], hooks: list[Webhook]
) -> Iterator[str]:
    recipients = [row["recipient"]["S"] for row in rows]
    match hearer:
        case Hearer.CUSTOMER:
            is_right = recipients == ([event.customer_id] if event.audience == Audience.CUSTOMER else [])
        case Hearer.COUNTERS:
            is_right = recipients == ["counters"]
        case Hearer.SUBSCRIBERS:
            is_right = {hook.id for hook in hooks if hook.wants(event) and hook.created_at < event.at} <= {*recipients}
        case _:
            is_right = len(recipients) > 0
    if not is_right:
        yield f"{name}: {channel} has rows of {recipients}"
    yield from (f"{name}: {channel} {fault}" for row in rows if (fault := _of_row(row)))


def _of_row(row: Item) -> str:
    entry = from_item(LedgerEntry, row)
    if entry.state not in FINAL:
        return f"is still {entry.state}"
    if (entry.state in PARKED) != is_parked(row):
        return f"is {entry.state} and parked is {is_parked(row)}"
    return ""


def is_parked(item: Item) -> bool:
    """Whether an operator finds it."""
    return bool(item.get("gsi5pk", {}).get("S") == keys.parked())
