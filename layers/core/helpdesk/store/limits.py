"""Quotas: one counter per person, kind and window, counted inside the transaction it limits."""

from datetime import datetime
from math import ceil

from helpdesk.model.errors import TooManyRequestsError
from helpdesk.model.rules import Quota
from helpdesk.store import keys
from helpdesk.store.codec import encode
from helpdesk.store.table import Table, Write


def use(table: Table, what: str, who: str, quota: Quota, now: datetime, amount: int = 1) -> Write:
    """So much more of the quota, or `TooManyRequestsError` with the seconds until the window ends."""
    window = _window(quota, now)
    end = window + quota.seconds
    return table.update(
        keys.limit(what, who, window),
        "SET expires_at = :end ADD used :amount",
        condition="attribute_not_exists(used) OR used <= :room",
        values={":end": encode(end), ":amount": encode(amount), ":room": encode(quota.most - amount)},
        refusal=lambda _: TooManyRequestsError(ceil(end - now.timestamp())),
    )


def give_back(table: Table, what: str, who: str, quota: Quota, now: datetime) -> Write:
    """One use less, for what turned out not to count; `now` is that of the use."""
    key = keys.limit(what, who, _window(quota, now))
    return table.update(key, "ADD used :less", values={":less": encode(-1)})


def clear(table: Table, what: str, who: str, quota: Quota, now: datetime) -> Write:
    """The whole quota again in this window."""
    return table.delete(keys.limit(what, who, _window(quota, now)))


def _window(quota: Quota, now: datetime) -> int:
    """The epoch second at which the present window began."""
    return int(now.timestamp()) // quota.seconds * quota.seconds
