"""Other systems are told at the addresses they subscribed with."""

from collections.abc import Callable
from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry
from helpdesk.actions.for_each import for_each
from helpdesk.aws.webhooks import Delivery, WebhookClient
from helpdesk.model.delivery import Channel, DeliveryState
from helpdesk.model.event import Event
from helpdesk.model.queue_body import event_body
from helpdesk.model.webhook import Webhook
from helpdesk.store import webhooks
from helpdesk.store.table import Table


def deliver_webhook(
    desk: Table,
    client: WebhookClient,
    event: Event,
    settled: Callable[[DeliveryState], None],
    *,
    clock: Callable[[], datetime],
    deadline: datetime,
) -> None:
    """Call every subscriber that wants the event, each once it has not been; one request where nobody subscribed.

    A subscriber may be called again after a call that broke off: the event's id tells him.

    Args:
        settled: told what became of each call, but for those settled before.

    Raises:
        ExceptionGroup: some could not be reached; trying again calls these alone.
    """

    def call(webhook: Webhook) -> None:
        now = clock()
        entry, delivery = ledger_entry(event, Channel.WEBHOOK, webhook.id, now), _delivery(webhook, event, now)
        state = deliver_once(desk, entry, lambda: client.post(delivery), is_repeatable=True, now=now, deadline=deadline)
        if state:
            settled(state)

    for_each([webhook for webhook in webhooks.list_webhooks(desk) if webhook.wants(event)], call)


def _delivery(webhook: Webhook, event: Event, now: datetime) -> Delivery:
    body, sent_at = event_body(event), int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Poshtiban",
        "Poshtiban-Event": event.id,
        "Poshtiban-Timestamp": str(sent_at),
        "Poshtiban-Signature": f"sha256={webhook.signature(sent_at, body)}",
    }
    return Delivery(webhook.url, body, headers)
