"""Subscriptions to events, kept by administrators."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from helpdesk.actions.deliver_webhook import signed_call
from helpdesk.actions.office import Office
from helpdesk.aws.webhooks import WebhookClient, refuse_bad_url
from helpdesk.model.audit import Act, acted, differences
from helpdesk.model.delivery import ProviderError
from helpdesk.model.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from helpdesk.model.event import EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Role, Session
from helpdesk.model.vault import Vault
from helpdesk.model.webhook import Webhook, new_secret
from helpdesk.store import audit, webhooks

MOST = 50
"""Subscriptions of one desk: each event is offered to all of them in one run of the sender."""


def list_webhooks(office: Office, admin: Session) -> list[Webhook]:
    """All subscriptions in the order of making; one request.

    Raises:
        ForbiddenError: only an administrator may.
    """
    _refuse_others(admin)
    return webhooks.list_webhooks(office.desk)


def read_webhook(office: Office, admin: Session, webhook_id: str) -> Webhook:
    """One subscription; one request.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
    """
    _refuse_others(admin)
    webhook = webhooks.find(office.desk, webhook_id)
    if webhook is None:
        raise NotFoundError
    return webhook


def add_webhook(
    office: Office, vault: Vault, admin: Session, url: str, event_types: Sequence[str], now: datetime
) -> tuple[Webhook, str]:
    """A new subscription, and its secret, which is shown this once; two requests.

    Raises:
        ForbiddenError: only an administrator may.
        InvalidError: the address may not be called, or there is no such event.
        ConflictError: there are as many as there may be.
    """
    _refuse_others(admin)
    _refuse_bad(url, event_types)
    if len(webhooks.list_webhooks(office.desk)) >= MOST:
        raise ConflictError
    secret = new_secret()
    webhook = Webhook(new_id(now), url, vault.seal(secret), now, event_types=tuple(event_types))
    entry = acted(admin.actor, Act.WEBHOOK_ADDED, webhook.id, now, url=url)
    office.desk.commit([webhooks.creation(office.desk, webhook), audit.record(office.desk, entry)])
    return webhook, secret


@dataclass(frozen=True)
class WebhookPatch:
    """What changes of a subscription; what is None stays."""

    url: str | None = None
    event_types: tuple[str, ...] | None = None
    enabled: bool | None = None


def change_webhook(office: Office, admin: Session, webhook_id: str, patch: WebhookPatch, now: datetime) -> Webhook:
    """Change address, events or whether it is called at all; two requests.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
        InvalidError: the address may not be called, or there is no such event.
        ConflictError: somebody else changed it this very moment.
    """
    webhook = read_webhook(office, admin, webhook_id)
    changed = replace(
        webhook,
        url=patch.url if patch.url is not None else webhook.url,
        event_types=patch.event_types if patch.event_types is not None else webhook.event_types,
        enabled=patch.enabled if patch.enabled is not None else webhook.enabled,
    )
    _refuse_bad(changed.url, changed.event_types)
    details = differences(webhook, changed, "url", "event_types", "enabled")
    entry = acted(admin.actor, Act.WEBHOOK_CHANGED, webhook_id, now, **details)
    office.desk.commit([webhooks.change(office.desk, changed), audit.record(office.desk, entry)])
    return changed


def rotate_secret(office: Office, vault: Vault, admin: Session, webhook_id: str, now: datetime) -> tuple[Webhook, str]:
    """Another secret, shown this once; the one before stays valid for a day. Two requests.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
        ConflictError: somebody else changed it this very moment.
    """
    webhook, secret = read_webhook(office, admin, webhook_id), new_secret()
    rotated = webhook.rotated(vault.seal(secret), now)
    entry = acted(admin.actor, Act.WEBHOOK_CHANGED, webhook_id, now, secret="another")  # noqa: S106  (a word)
    office.desk.commit([webhooks.change(office.desk, rotated), audit.record(office.desk, entry)])
    return rotated, secret


def resume_webhook(office: Office, admin: Session, webhook_id: str, now: datetime) -> Webhook:
    """Call a paused subscriber again, from the next event on; two requests.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
        ConflictError: somebody else changed it this very moment.
    """
    resumed = read_webhook(office, admin, webhook_id).resumed()
    entry = acted(admin.actor, Act.WEBHOOK_CHANGED, webhook_id, now, paused="resumed")
    office.desk.commit([webhooks.resumption(office.desk, resumed), audit.record(office.desk, entry)])
    return resumed


def remove_webhook(office: Office, admin: Session, webhook_id: str, now: datetime) -> None:
    """Take a subscription away; two requests.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
    """
    webhook = read_webhook(office, admin, webhook_id)
    entry = acted(admin.actor, Act.WEBHOOK_REMOVED, webhook_id, now, url=webhook.url)
    office.desk.commit([webhooks.removal(office.desk, webhook_id), audit.record(office.desk, entry)])


def try_webhook(
    office: Office, vault: Vault, client: WebhookClient, admin: Session, webhook_id: str, now: datetime
) -> tuple[bool, str]:
    """Call a subscriber with an event of no meaning, now and once; it counts neither as a failure nor as a success.

    Returns:
        Whether it arrived, and the status of the answer or why not, as a short name.

    Raises:
        ForbiddenError: only an administrator may.
        NotFoundError: it is not there.
    """
    webhook, call_id = read_webhook(office, admin, webhook_id), new_id(now)
    body = json.dumps({"kind": "test", "id": call_id, "at": now.isoformat(timespec="milliseconds")})
    try:
        return True, client.post(signed_call(vault, webhook, call_id, body, now))
    except ProviderError as error:
        return False, error.reason


def _refuse_bad(url: str, event_types: Sequence[str]) -> None:
    refuse_bad_url(url)
    if not set(event_types) <= set(EventType):
        raise InvalidError("event_types", "unknown_event_type")


def _refuse_others(caller: Session) -> None:
    if caller.role != Role.ADMIN:
        raise ForbiddenError
