"""What an Idempotency-Key was answered with, kept inside the transaction that did the work."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from helpdesk.model.errors import KeyReusedError
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, epoch, from_item, to_item
from helpdesk.store.table import Table, Write

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LIFETIME = timedelta(hours=24)


@dataclass(frozen=True)
class Attempt:
    """One request that may come again.

    Args:
        account_id: whose key it is; another's same key is another key.
        key: the Idempotency-Key as sent.
        fingerprint: hash of what was asked, so that the key cannot serve another request.
    """

    account_id: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, account_id: str, key: str, route: str, body: Mapping[str, Any]) -> "Attempt":
        """The attempt that this route was asked for with this body."""
        canonical = json.dumps([route, body], sort_keys=True, ensure_ascii=False)
        return cls(account_id, key, hashlib.sha256(canonical.encode()).hexdigest())

    @property
    def item_key(self) -> Item:
        """Key of the record in the desk table."""
        return keys.idempotency(self.account_id, self.key)


class AnsweredError(Exception):
    """The work was done before; `record` holds what was answered then."""

    def __init__(self, record: Item) -> None:
        super().__init__("answered before")
        self.record = record


def creation(desk: Table, attempt: Attempt, answer: "DataclassInstance", now: datetime) -> Write:
    """The record of this attempt, unless one of the last 24 hours stands there.

    TTL may delete late by days, so age is a part of the condition.
    """
    item = {
        **attempt.item_key,
        "fingerprint": encode(attempt.fingerprint),
        "answer": {"M": to_item(answer)},
        "expires_at": epoch(now + LIFETIME),
    }
    return desk.put(
        item,
        condition="attribute_not_exists(pk) OR expires_at <= :now",
        values={":now": epoch(now)},
        refusal=AnsweredError,
    )


def replay[Answer: "DataclassInstance"](kind: type[Answer], attempt: Attempt, record: Item) -> Answer:
    """The answer that stands in the record.

    Raises:
        KeyReusedError: it was given to another request.
    """
    if record["fingerprint"]["S"] != attempt.fingerprint:
        raise KeyReusedError
    return from_item(kind, record["answer"]["M"])


def fresh(record: Item | None, now: datetime) -> Item | None:
    """The record, unless it is too old to count."""
    if record is None or int(record["expires_at"]["N"]) <= int(now.timestamp()):
        return None
    return record
