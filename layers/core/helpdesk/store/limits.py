"""Quotas: one counter per person, kind and window, counted inside the transaction it limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from math import ceil
from zlib import crc32

from helpdesk.model.calendar import LocalDay
from helpdesk.model.errors import TooManyRequestsError
from helpdesk.model.rules import Quota
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode
from helpdesk.store.table import Table, Write

_PARTS = 8


def use(table: Table, what: str, who: str, quota: Quota, now: datetime, amount: int = 1) -> Write:
    """So much more of the quota, or `TooManyRequestsError` with the seconds until the window ends."""
    window = _window(quota, now)
    return _use(table, keys.limit(what, who, window), quota.most, amount, window + quota.seconds, now)


def use_of_day(table: Table, what: str, who: str, most: int, day: LocalDay, now: datetime) -> Write:
    """One more of what there is for a local day, or `TooManyRequestsError` with the seconds until it ends."""
    return _use(table, keys.limit(what, who, int(day.start.timestamp())), most, 1, int(day.end.timestamp()), now)


def _use(table: Table, key: Item, most: int, amount: int, end: int, now: datetime) -> Write:
    return table.update(
        key,
        "SET expires_at = :end ADD used :amount",
        condition="attribute_not_exists(used) OR used <= :room",
        values={":end": encode(end), ":amount": encode(amount), ":room": encode(most - amount)},
        refusal=lambda _: TooManyRequestsError(ceil(end - now.timestamp())),
    )


def give_back(table: Table, what: str, who: str, quota: Quota, now: datetime) -> Write:
    """One use less, for what turned out not to count; `now` is that of the use."""
    key = keys.limit(what, who, _window(quota, now))
    return table.update(key, "ADD used :less", values={":less": encode(-1)})


def give_back_of_day(table: Table, what: str, who: str, day: LocalDay) -> Write:
    """One use of a local day less."""
    key = keys.limit(what, who, int(day.start.timestamp()))
    return table.update(key, "ADD used :less", values={":less": encode(-1)})


def clear(table: Table, what: str, who: str, quota: Quota, now: datetime) -> Write:
    """The whole quota again in this window."""
    return table.delete(keys.limit(what, who, _window(quota, now)))


def list_windows(table: Table, what: str, who: str) -> Iterator[Item]:
    """Keys of all counters that one person still has of one quota."""
    for item in table.query_whole("pk = :who", {":who": keys.limit(what, who, 0)["pk"]["S"]}):
        yield {"pk": item["pk"], "sk": item["sk"]}


def part(address: str, person: str) -> str:
    """The part of an address that this person counts in.

    A carrier puts thousands of people behind one address: a counter that all their transactions touch would make
    them conflict.
    """
    return f"{address}#{crc32(person.encode()) % _PARTS}"


def shared(quota: Quota) -> Quota:
    """What one part of an address may use."""
    return replace(quota, most=ceil(quota.most / _PARTS))


def _window(quota: Quota, now: datetime) -> int:
    """The epoch second at which the present window began."""
    return int(now.timestamp()) // quota.seconds * quota.seconds
