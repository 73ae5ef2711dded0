"""Calls to the systems that subscribed to events."""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.deliver_webhook import deliver_webhook
from helpdesk.aws import clients
from helpdesk.aws.webhooks import WebhookClient
from helpdesk.edge.clock import present
from helpdesk.edge.queue_messages import BatchAnswer, QueueMessage, report, take_each
from helpdesk.edge.settings import setting
from helpdesk.model.queue_body import read_event
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
subscribers = WebhookClient()


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Deliver each event of the batch; the answer names those that are to come again."""
    return take_each(event, context, logger, metrics, deliver)


def deliver(message: QueueMessage) -> None:
    """Tell every subscriber of one event."""
    told = read_event(message.body)
    logger.append_keys(event_id=told.id)
    settled = partial(report, logger, metrics)
    deliver_webhook(desk, subscribers, told, settled, clock=present, deadline=message.deadline)
