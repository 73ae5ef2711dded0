"""The audit trail: entries are put once, by the transaction of what they tell of, and found in the order of time."""

from datetime import datetime

from helpdesk.model.audit import AuditEntry
from helpdesk.model.errors import BusyError
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write

_BEHIND_EVERY_TIME = "~"


def record(desk: Table, entry: AuditEntry) -> Write:
    """A new entry; one that stands there stays as it is."""
    place = encode(f"{timestamp(entry.at)}#{entry.id}")
    item = {
        **keys.audit_entry(entry.id),
        **to_item(entry),
        "gsi1pk": encode(keys.AUDIT),
        "gsi1sk": place,
        "gsi4pk": encode(keys.audit_of(entry.actor.id)),
        "gsi4sk": place,
    }
    return desk.put(item, refusal=lambda _: BusyError())


def list_entries(
    desk: Table, actor_id: str | None, since: datetime | None, before: datetime | None, limit: int, start: Item | None
) -> tuple[list[AuditEntry], Item | None]:
    """A page of entries, newest first: all of them, or those of one actor."""
    index, partition = ("gsi4", keys.audit_of(actor_id)) if actor_id else ("gsi1", keys.AUDIT)
    items, end = desk.query(
        f"{index}pk = :partition AND {index}sk BETWEEN :since AND :before",
        {
            ":partition": partition,
            ":since": timestamp(since) if since else "0",
            ":before": timestamp(before) if before else _BEHIND_EVERY_TIME,
        },
        index=index,
        limit=limit,
        newest_first=True,
        start=start,
    )
    return [from_item(AuditEntry, item) for item in items], end
