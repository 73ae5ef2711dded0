"""Subscriptions to events: few, all in one partition."""

from dataclasses import replace
from datetime import datetime

from helpdesk.model.errors import BusyError, ConflictError, NotFoundError
from helpdesk.model.webhook import Webhook
from helpdesk.store import keys
from helpdesk.store.codec import encode, from_item, to_item
from helpdesk.store.table import Table, Write

_KEPT_BY_ADMINISTRATORS = (
    "url",
    "enabled",
    "event_types",
    "sealed_secret",
    "previous_sealed",
    "previous_until",
    "version",
)
_KEPT_BY_CALLS = ("failures", "paused_at")


class AlreadyPausedError(Exception):
    """Another call found out before."""


def creation(desk: Table, webhook: Webhook) -> Write:
    """A new subscription."""
    return desk.put({**keys.webhook(webhook.id), **to_item(webhook)}, refusal=lambda _: BusyError())


def change(desk: Table, webhook: Webhook) -> Write:
    """What administrators keep, decided on the version it carries; what calls found out in between stays."""
    return _written(desk, replace(webhook, version=webhook.version + 1), _KEPT_BY_ADMINISTRATORS, webhook.version)


def resumption(desk: Table, webhook: Webhook) -> Write:
    """Called again: no failures, no pause."""
    changed = replace(webhook, version=webhook.version + 1)
    return _written(desk, changed, (*_KEPT_BY_CALLS, "version"), webhook.version)


def _written(desk: Table, webhook: Webhook, fields: tuple[str, ...], read: int) -> Write:
    item = to_item(webhook)
    names = {f"#{name}": name for name in fields}
    values = {f":{name}": item[name] for name in fields if name in item}
    absent = ", ".join(f"#{name}" for name in fields if name not in item)
    assignments = ", ".join(f"#{name[1:]} = {name}" for name in values)
    return desk.update(
        keys.webhook(webhook.id),
        f"SET {assignments}" + (f" REMOVE {absent}" if absent else ""),
        condition="#version = :read",
        values={**values, ":read": encode(read)},
        names=names,
        refusal=lambda item: ConflictError() if item else NotFoundError(),
    )


def removal(desk: Table, webhook_id: str) -> Write:
    """The subscription's end; one that is gone already stays gone."""
    return desk.delete(keys.webhook(webhook_id))


def failure(desk: Table, failed: Webhook) -> Write:
    """One more call that did not arrive; of many at once each counts."""
    values = {":one": encode(1), ":last": encode(failed.last_failures)}
    return desk.update(
        keys.webhook(failed.id),
        "SET last_failures = :last ADD failures :one",
        condition="attribute_exists(pk)",
        values=values,
        refusal=lambda _: NotFoundError(),
    )


def pause(desk: Table, failed: Webhook, now: datetime) -> Write:
    """The last of too many calls that did not arrive."""
    values = {":one": encode(1), ":last": encode(failed.last_failures), ":now": encode(now)}
    return desk.update(
        keys.webhook(failed.id),
        "SET last_failures = :last, paused_at = :now ADD failures :one",
        condition="attribute_exists(pk) AND attribute_not_exists(paused_at)",
        values=values,
        refusal=lambda _: AlreadyPausedError(),
    )


def success(desk: Table, webhook_id: str) -> Write:
    """A call arrived: the row of failures is broken."""
    return desk.update(
        keys.webhook(webhook_id),
        "SET failures = :none",
        condition="attribute_exists(pk)",
        values={":none": encode(0)},
        refusal=lambda _: NotFoundError(),
    )


def find(desk: Table, webhook_id: str) -> Webhook | None:
    """The subscription of this id, as it stands now."""
    item = desk.get(keys.webhook(webhook_id))
    return from_item(Webhook, item) if item else None


def list_webhooks(desk: Table) -> list[Webhook]:
    """All subscriptions, also those that are not called, in the order of making."""
    items = desk.query_whole("pk = :webhooks", {":webhooks": keys.webhooks()})
    return [from_item(Webhook, item) for item in items]
