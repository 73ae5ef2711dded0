"""Routes of the subscriptions to events."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from agent_desk.services import office
from agent_desk.subscribers import subscribers, vault
from helpdesk.actions import webhooks
from helpdesk.edge.fields import PathId
from helpdesk.edge.gateway import caller, current_time
from helpdesk.edge.webhook_models import (
    NewWebhook,
    WebhookChange,
    WebhookList,
    WebhookTest,
    WebhookView,
    WebhookWithSecret,
)

router = Router()


@router.get("/webhooks", tags=["webhooks"], summary="Who is told of events")
def list_all() -> WebhookList:
    """All subscribers, with their last failures."""
    return WebhookList(items=[WebhookView.of(webhook) for webhook in webhooks.list_webhooks(office, caller(router))])


@router.get("/webhooks/<webhook_id>", tags=["webhooks"], summary="A subscriber")
def read(webhook_id: PathId) -> WebhookView:
    """One subscriber, with its last failures."""
    return WebhookView.of(webhooks.read_webhook(office, caller(router), webhook_id))


@router.post("/webhooks", tags=["webhooks"], summary="Subscribe an address", status_code=201)
def create(webhook: NewWebhook) -> WebhookWithSecret:
    """The answer holds the secret of the signatures, which is shown this once."""
    made = webhooks.add_webhook(office, vault, caller(router), webhook.url, webhook.event_types, current_time(router))
    return WebhookWithSecret.revealing(*made)


@router.patch("/webhooks/<webhook_id>", tags=["webhooks"], summary="Change a subscription")
def change(webhook_id: PathId, changes: WebhookChange) -> WebhookView:
    """Address, events, or whether it is called at all."""
    return WebhookView.of(
        webhooks.change_webhook(office, caller(router), webhook_id, changes.patch(), current_time(router))
    )


@router.post("/webhooks/<webhook_id>/secret", tags=["webhooks"], summary="Rotate the secret")
def rotate(webhook_id: PathId) -> WebhookWithSecret:
    """Another secret, shown this once; for a day calls are signed with both."""
    return WebhookWithSecret.revealing(
        *webhooks.rotate_secret(office, vault, caller(router), webhook_id, current_time(router))
    )


@router.post("/webhooks/<webhook_id>/resume", tags=["webhooks"], summary="Call a paused subscriber again")
def resume(webhook_id: PathId) -> WebhookView:
    """From the next event on; what happened while it was paused is not called."""
    return WebhookView.of(webhooks.resume_webhook(office, caller(router), webhook_id, current_time(router)))


@router.post("/webhooks/<webhook_id>/test", tags=["webhooks"], summary="Send a test")
def send_test(webhook_id: PathId) -> WebhookTest:
    """One signed call with `kind` "test", made now; it changes nothing of the subscription."""
    delivered, answer = webhooks.try_webhook(
        office, vault, subscribers, caller(router), webhook_id, current_time(router)
    )
    return WebhookTest(delivered=delivered, answer=answer)


@router.delete("/webhooks/<webhook_id>", tags=["webhooks"], summary="End a subscription", status_code=204)
def remove(webhook_id: PathId) -> Response[None]:
    """No more calls, and no more of what is known of it."""
    webhooks.remove_webhook(office, caller(router), webhook_id, current_time(router))
    return Response(204)
