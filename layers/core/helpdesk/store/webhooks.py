"""Subscriptions to events: few, all in one partition."""

from helpdesk.model.webhook import Webhook
from helpdesk.store import keys
from helpdesk.store.codec import from_item
from helpdesk.store.table import Table

_MOST = 200


def list_webhooks(desk: Table) -> list[Webhook]:
    """All subscriptions, also those that are switched off; one request."""
    items, _ = desk.query("pk = :webhooks", {":webhooks": keys.webhooks()}, limit=_MOST)
    return [from_item(Webhook, item) for item in items]
