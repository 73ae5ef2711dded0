"""Imports: which ticket somebody else's became, so that it becomes one only, however often the program runs."""

from dataclasses import dataclass
from datetime import datetime

from helpdesk.store import keys
from helpdesk.store.codec import Item, encode
from helpdesk.store.table import Table, Write
from helpdesk.store.tickets import NumberTakenError


@dataclass(frozen=True)
class Claim:
    """A ticket of another system that one run is importing.

    Args:
        number: of the ticket here, the same in every run.
        run: whoever has it; a later run takes over what an earlier one left.
    """

    source: str
    external_id: str
    number: str
    run: str

    @property
    def key(self) -> Item:
        """Where it stands."""
        return keys.imported(self.source, self.external_id)


class ClaimedError(Exception):
    """Some run has it, or had it.

    Args:
        number: of the ticket here.
        is_done: whether the ticket is whole.
    """

    def __init__(self, item: Item) -> None:
        super().__init__("claimed")
        self.number = item["number"]["S"]
        self.is_done = "done_at" in item


class LostClaimError(Exception):
    """Another run has taken over, or is done."""


def find(desk: Table, source: str, external_id: str) -> ClaimedError | None:
    """How far the import of a ticket is; None where no run has it."""
    item = desk.get(keys.imported(source, external_id))
    return ClaimedError(item) if item else None


def creation(desk: Table, claim: Claim, now: datetime) -> tuple[Write, Write]:
    """A claim under a number that no ticket has."""
    item = {**claim.key, "number": encode(claim.number), "run": encode(claim.run), "began_at": encode(now)}
    return (
        desk.put(item, refusal=ClaimedError),
        desk.check(keys.ticket(claim.number), "attribute_not_exists(pk)", refusal=lambda _: NumberTakenError()),
    )


def takeover(desk: Table, claim: Claim) -> Write:
    """What an earlier run left, in this one's hands."""
    return desk.update(
        claim.key,
        "SET run = :run",
        condition="attribute_not_exists(done_at)",
        values={":run": encode(claim.run)},
        refusal=lambda _: LostClaimError(),
    )


def check(desk: Table, claim: Claim) -> Write:
    """That the claim still stands."""
    values = {":run": encode(claim.run)}
    return desk.check(claim.key, "run = :run", values=values, refusal=lambda _: LostClaimError())


def completion(desk: Table, claim: Claim, now: datetime) -> Write:
    """The ticket is whole, once."""
    return desk.update(
        claim.key,
        "SET done_at = :now",
        condition="run = :run AND attribute_not_exists(done_at)",
        values={":run": encode(claim.run), ":now": encode(now)},
        refusal=lambda _: LostClaimError(),
    )
