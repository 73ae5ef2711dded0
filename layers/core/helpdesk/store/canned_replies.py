"""Canned replies: few, all in one partition."""

from dataclasses import replace

from helpdesk.model.canned_reply import CannedReply
from helpdesk.model.errors import BusyError, ConflictError
from helpdesk.store import keys
from helpdesk.store.codec import encode, from_item, to_item
from helpdesk.store.table import Table, Write


def creation(desk: Table, reply: CannedReply) -> Write:
    """A new canned reply."""
    return desk.put({**keys.canned_reply(reply.id), **to_item(reply)}, refusal=lambda _: BusyError())


def change(desk: Table, reply: CannedReply) -> Write:
    """The next state of a canned reply, decided on the version it carries."""
    item = to_item(replace(reply, version=reply.version + 1))
    return desk.put(
        {**keys.canned_reply(reply.id), **item},
        condition="version = :read",
        values={":read": encode(reply.version)},
        refusal=lambda _: ConflictError(),
    )


def removal(desk: Table, reply_id: str) -> Write:
    """The canned reply's end; one that is gone already stays gone."""
    return desk.delete(keys.canned_reply(reply_id))


def find(desk: Table, reply_id: str) -> CannedReply | None:
    """The canned reply of this id, as it stands now."""
    item = desk.get(keys.canned_reply(reply_id))
    return from_item(CannedReply, item) if item else None


def list_all(desk: Table) -> list[CannedReply]:
    """All of them in the order of writing."""
    items = desk.query_whole("pk = :replies", {":replies": keys.CANNED_REPLIES})
    return [from_item(CannedReply, item) for item in items]
