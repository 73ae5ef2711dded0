"""Other systems are told at the addresses they subscribed with."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from helpdesk.actions import deliver_once as once
from helpdesk.actions.for_each import for_each
from helpdesk.aws.webhooks import Delivery, WebhookClient, host_of
from helpdesk.model.delivery import UNDER_WAY, Channel, DeliveryState, NotSentError, RefusedError
from helpdesk.model.errors import NotFoundError
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.queue_body import event_body
from helpdesk.model.vault import Vault
from helpdesk.model.webhook import Failure, Webhook, signature
from helpdesk.store import deliveries, events, webhooks
from helpdesk.store.table import Table, Write


@dataclass(frozen=True)
class Switchboard:
    """What calls are made with.

    Args:
        vault: opens the subscribers' secrets.
        most_failures: so many calls in a row that do not arrive pause a subscriber.
    """

    desk: Table
    client: WebhookClient
    vault: Vault
    most_failures: int


def deliver_webhook(
    board: Switchboard,
    event: Event,
    settled: Callable[[DeliveryState], None],
    *,
    is_again: bool,
    clock: Callable[[], datetime],
    deadline: datetime,
) -> None:
    """Call every subscriber that wants the event, each once it has not been; one request where nobody subscribed.

    A subscriber may be called again after a call that broke off: the event's id tells him. One that is switched off or
    paused has the event written down as suppressed.

    Args:
        settled: told what became of each call, but for those settled before.
        is_again: whether a call may have failed before; then what is left of subscribers who are gone is settled, too.

    Raises:
        ExceptionGroup: some could not be reached; trying again calls these alone.
    """

    def tell(webhook: Webhook) -> None:
        now = clock()
        entry = once.ledger_entry(event, Channel.WEBHOOK, webhook.id, now)
        if webhook.reason_against:
            state = once.suppress(board.desk, entry, webhook.reason_against)
        else:
            delivery = signed_call(board.vault, webhook, event.id, event_body(event), now)
            state = once.deliver_once(
                board.desk,
                entry,
                lambda: _call(board, webhook, event, delivery, now),
                is_repeatable=True,
                now=now,
                deadline=deadline,
            )
        if state:
            settled(state)

    def let_go(recipient: str) -> None:
        entry = once.ledger_entry(event, Channel.WEBHOOK, recipient, clock())
        if state := once.suppress(board.desk, entry, "unsubscribed"):
            settled(state)

    wanting = [webhook for webhook in webhooks.list_webhooks(board.desk) if webhook.wants(event)]
    gone = _left_behind(board.desk, event, wanting) if is_again else []
    everybody: list[Webhook | str] = [*wanting, *gone]
    for_each(everybody, lambda one: tell(one) if isinstance(one, Webhook) else let_go(one))


def _left_behind(desk: Table, event: Event, wanting: list[Webhook]) -> list[str]:
    """Ids of subscribers with a delivery under way who want the event no more, or were deleted."""
    rows = deliveries.list_of_channel(desk, event.id, Channel.WEBHOOK)
    under_way = {row.recipient for row in rows if row.state in UNDER_WAY}
    return sorted(under_way - {webhook.id for webhook in wanting})


def signed_call(vault: Vault, webhook: Webhook, call_id: str, body: str, now: datetime) -> Delivery:
    """A call with its signature, under both secrets while both are valid."""
    sent_at = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Poshtiban",
        "Poshtiban-Event": call_id,
        "Poshtiban-Timestamp": str(sent_at),
        "Poshtiban-Signature": signature(map(vault.open, webhook.valid_secrets(now)), sent_at, body),
    }
    return Delivery(webhook.url, body, headers)


def _call(board: Switchboard, webhook: Webhook, event: Event, delivery: Delivery, now: datetime) -> str:
    try:
        status = board.client.post(delivery)
    except (NotSentError, RefusedError) as error:
        failure = Failure(now, event.id, error.reason)
        failed = webhook.failed(failure, board.most_failures, for_good=isinstance(error, RefusedError))
        _note_failure(board.desk, failed, now)
        raise
    if webhook.failures:
        with suppress(NotFoundError):  # it was deleted this very moment
            board.desk.apply(webhooks.success(board.desk, webhook.id))
    return status


def _note_failure(desk: Table, failed: Webhook, now: datetime) -> None:
    """Count it; a subscriber that is paused by it is an event, in the same transaction."""
    with suppress(NotFoundError, webhooks.AlreadyPausedError):
        if failed.paused_at:
            desk.commit([webhooks.pause(desk, failed, now), _news(desk, failed, now)])
        else:
            desk.apply(webhooks.failure(desk, failed))


def _news(desk: Table, paused: Webhook, now: datetime) -> Write:
    data = {"webhook_id": paused.id, "subscriber": host_of(paused.url), "reason": paused.last_failures[0].reason}
    return events.creation(desk, Event.without_ticket(new_id(now), EventType.WEBHOOK_PAUSED, now, "", data), shard=0)
