"""One event, one recipient, one channel: one row in the ledger, and never a second message.

A row is taken up (`sending`) before the provider is asked, and says afterwards what became of it. Whoever finds it
taken up by a sender that broke off cannot know whether the message went out: it is `unknown` and parked, unless the
provider itself recognises a message that comes again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from helpdesk.model.delivery import (
    Channel,
    DeliveryState,
    LedgerEntry,
    NotSentError,
    ProviderError,
    RefusedError,
    UncertainError,
)
from helpdesk.model.event import Event
from helpdesk.store import deliveries
from helpdesk.store.table import Table, Write

SEND_LIMIT = timedelta(seconds=10)
"""The longest that a provider may take, with the two writes around it."""


class StillSendingError(Exception):
    """Another sender has the delivery in hand; it may yet break off, so the queue is to ask again."""


def deliver_once(
    desk: Table,
    entry: LedgerEntry,
    send: Callable[[], str],
    *,
    is_repeatable: bool,
    now: datetime,
    deadline: datetime,
    charge: Sequence[Write] = (),
    refund: Sequence[Write] = (),
) -> DeliveryState | None:
    """Send the message, unless that was done or tried before.

    Args:
        entry: from `ledger_entry`.
        send: asks the provider, and gives what it calls the message.
        is_repeatable: whether the recipient is safe from a message that comes again.
        deadline: by then this sender is stopped.
        charge: what is written with taking it up, such as a quota.
        refund: what is written when it surely did not go out.

    Returns:
        What became of it just now; None if that was settled before.

    Raises:
        NotSentError: trying again later may help.
        StillSendingError: another sender is at it.
    """
    if deadline - now < SEND_LIMIT:
        raise NotSentError("no_time_left")
    claim = replace(entry, state=DeliveryState.SENDING, sending_until=deadline)
    try:
        desk.commit([deliveries.take(desk, claim, from_abandoned=is_repeatable), *charge])
    except deliveries.TakenError as taken:
        return _settled_before(desk, taken.entry, now)
    return _send(desk, claim, send, refund, is_repeatable=is_repeatable)


def _settled_before(desk: Table, standing: LedgerEntry, now: datetime) -> DeliveryState | None:
    if standing.is_abandoned(now):
        return _settle(desk, standing, DeliveryState.UNKNOWN, now, reason="broken_off")
    if standing.state == DeliveryState.SENDING:
        raise StillSendingError
    return None


def _send(
    desk: Table, claim: LedgerEntry, send: Callable[[], str], refund: Sequence[Write], *, is_repeatable: bool
) -> DeliveryState:
    now = claim.changed_at
    try:
        provider_id = send()
    except RefusedError as error:
        return _settle(desk, claim, DeliveryState.FAILED, now, reason=error.reason)
    except ProviderError as error:
        if isinstance(error, UncertainError) and not is_repeatable:
            return _settle(desk, claim, DeliveryState.UNKNOWN, now, reason=error.reason)
        _settle(desk, claim, DeliveryState.QUEUED, now, refund, reason=error.reason)
        raise
    return _settle(desk, claim, DeliveryState.SENT, now, provider_id=provider_id)


def _settle(
    desk: Table,
    claim: LedgerEntry,
    state: DeliveryState,
    now: datetime,
    besides: Sequence[Write] = (),
    *,
    reason: str | None = None,
    provider_id: str | None = None,
) -> DeliveryState:
    settled = replace(claim, state=state, changed_at=now, sending_until=None, reason=reason, provider_id=provider_id)
    desk.commit([deliveries.settle(desk, settled, claim), *besides])
    return state


def suppress(desk: Table, entry: LedgerEntry, reason: str) -> DeliveryState | None:
    """Write down that nothing is sent, and why; None if the delivery was settled before.

    What a sender had in hand before there was a reason against it is `unknown` if it broke off.

    Raises:
        StillSendingError: another sender is at it.
    """
    return _leave(desk, replace(entry, state=DeliveryState.SUPPRESSED, reason=reason))


def merge(desk: Table, entry: LedgerEntry, told_by: str) -> DeliveryState | None:
    """Write down that another event's message tells of this one; else as `suppress`."""
    return _leave(desk, replace(entry, state=DeliveryState.MERGED, reason=f"told_by_{told_by}"))


def _leave(desk: Table, entry: LedgerEntry) -> DeliveryState | None:
    try:
        desk.commit([deliveries.take(desk, entry)])
    except deliveries.TakenError as taken:
        return _settled_before(desk, taken.entry, entry.changed_at)
    return entry.state


def ledger_entry(event: Event, channel: Channel, recipient: str, now: datetime) -> LedgerEntry:
    """A delivery that nobody has taken up."""
    return LedgerEntry(event.id, channel, recipient, event.ticket_number, DeliveryState.QUEUED, now)
