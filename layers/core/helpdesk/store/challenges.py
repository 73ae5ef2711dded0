"""Challenges that wait for a code, and when the last code of a purpose went to a number or an address."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil

from helpdesk.model.account import Challenge, Purpose
from helpdesk.model.errors import BusyError, CredentialsError, TooManyRequestsError
from helpdesk.store import keys
from helpdesk.store.codec import Item, encode, epoch, from_item, to_item
from helpdesk.store.table import Table, Write


def creation(accounts: Table, challenge: Challenge) -> Write:
    """A new challenge."""
    return accounts.put(_item(challenge), refusal=lambda _: BusyError())


def renewal(accounts: Table, challenge: Challenge, previous: Challenge) -> Write:
    """The challenge with another code, if it still waits with the one before."""
    return accounts.put(
        _item(challenge),
        condition="code_hash = :previous",
        values={":previous": encode(previous.code_hash)},
        refusal=lambda _: BusyError(),
    )


def attempt(accounts: Table, challenge: Challenge, tries: int) -> Write:
    """One more try, counted before the code is looked at: of tries side by side none is free."""
    return accounts.update(
        keys.challenge(challenge.id),
        "ADD tries :one",
        condition="code_hash = :seen AND tries < :most",
        values={":one": encode(1), ":seen": encode(challenge.code_hash), ":most": encode(tries)},
        refusal=lambda _: CredentialsError(),
    )


def end(accounts: Table, challenge: Challenge) -> tuple[Write, Write]:
    """The challenge is met, once, and only by the newest code of its purpose that went there."""
    used = accounts.delete(
        keys.challenge(challenge.id),
        condition="code_hash = :seen",
        values={":seen": encode(challenge.code_hash)},
        refusal=lambda _: CredentialsError(),
    )
    newest = accounts.check(
        keys.code_sends(challenge.purpose, challenge.to),
        "challenge_id = :id",
        values={":id": encode(challenge.id)},
        refusal=lambda _: CredentialsError(),
    )
    return used, newest


def sending(accounts: Table, challenge: Challenge, pause: timedelta, now: datetime) -> Write:
    """A code goes out now: the newest of its purpose to go there, if the one before went out a pause ago."""

    def refusal(item: Item) -> Exception:
        sent_at = datetime.fromisoformat(item["sent_at"]["S"])
        return TooManyRequestsError(ceil((sent_at + pause - now).total_seconds()))

    item = {
        **keys.code_sends(challenge.purpose, challenge.to),
        "challenge_id": encode(challenge.id),
        "sent_at": encode(now),
        "expires_at": epoch(challenge.ends_at),
    }
    return accounts.put(
        item,
        condition="attribute_not_exists(pk) OR sent_at <= :latest",
        values={":latest": encode(now - pause)},
        refusal=refusal,
    )


def list_sent_to(accounts: Table, to: str) -> Iterator[Item]:
    """Keys of what waits for a code at this number or address: of each purpose the newest, and that it was sent."""
    key = keys.code_sends("", to)
    for item in accounts.query_whole(
        "pk = :to AND begins_with(sk, :codes)", {":to": key["pk"]["S"], ":codes": key["sk"]["S"]}
    ):
        yield from (keys.challenge(item["challenge_id"]["S"]), {"pk": item["pk"], "sk": item["sk"]})


def find(accounts: Table, challenge_id: str, purpose: Purpose) -> Challenge | None:
    """The challenge of this id, if it is for this purpose; whether it still counts is for the caller to see."""
    item = accounts.get(keys.challenge(challenge_id))
    challenge = from_item(Challenge, item) if item else None
    return challenge if challenge and challenge.purpose == purpose else None


def _item(challenge: Challenge) -> Item:
    return {
        **keys.challenge(challenge.id),
        **to_item(challenge),
        "expires_at": epoch(challenge.ends_at),
    }
