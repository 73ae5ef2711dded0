"""Attachments from the asked-for upload to the message that holds them."""

from collections.abc import Iterator
from datetime import datetime

from helpdesk.model.attachment import Attachment, AttachmentState
from helpdesk.model.errors import AttachmentStateError, BusyError
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, from_item, timestamp, to_item
from helpdesk.store.table import Table, Write


def creation(desk: Table, attachment: Attachment) -> Write:
    """A new attachment that waits for its upload."""
    return desk.put(_item(attachment), refusal=lambda _: BusyError())


def change(desk: Table, attachment: Attachment, previous: AttachmentState) -> Write:
    """The next state, if the attachment is still in the one it was decided on."""
    return desk.put(
        _item(attachment),
        condition="#state = :previous",
        values={":previous": encode(previous)},
        names={"#state": "state"},
        refusal=lambda item: AttachmentStateError(attachment.id, item.get("state", {}).get("S", "")),
    )


def removal(desk: Table, attachment: Attachment, now: datetime) -> Write:
    """The end of an attachment whose time is up, if it is still in the state it was decided on."""
    return desk.delete(
        keys.attachment(attachment.id),
        condition="#state = :state AND swept_at <= :now",
        values={":state": encode(attachment.state), ":now": encode(now)},
        names={"#state": "state"},
        refusal=lambda item: AttachmentStateError(attachment.id, item.get("state", {}).get("S", "")),
    )


def erasure(desk: Table, attachment_id: str) -> Write:
    """The end of an attachment, whatever its state; nothing happens if it is gone."""
    return desk.delete(keys.attachment(attachment_id))


def list_unlinked_of(desk: Table, owner_id: str, shards: int) -> Iterator[Attachment]:
    """What somebody uploaded and no message holds: among all of the last day, since no index knows the owner."""
    for shard in range(shards):
        items = desk.query_whole("gsi5pk = :expiring", {":expiring": keys.expiring(shard)}, index="gsi5")
        yield from (from_item(Attachment, item) for item in items if item["owner_id"]["S"] == owner_id)


def find(desk: Table, attachment_id: str) -> Attachment | None:
    """The attachment of this id, as it stands now."""
    item = desk.get(keys.attachment(attachment_id))
    return from_item(Attachment, item) if item else None


def list_expired(desk: Table, shard: int, now: datetime, limit: int) -> list[Attachment]:
    """Attachments of one shard whose time is up, oldest first."""
    items, _ = desk.query(
        "gsi5pk = :expiring AND gsi5sk < :now",
        {":expiring": keys.expiring(shard), ":now": timestamp(now)},
        index="gsi5",
        limit=limit,
    )
    return [from_item(Attachment, item) for item in items]


def _item(attachment: Attachment) -> Item:
    item = {**keys.attachment(attachment.id), **to_item(attachment)}
    if attachment.swept_at is not None:
        item |= {
            "gsi5pk": encode(keys.expiring(attachment.shard)),
            "gsi5sk": encode(f"{timestamp(attachment.swept_at)}#{attachment.id}"),
        }
    return item
