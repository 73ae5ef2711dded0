"""Calls to the systems that subscribed to events."""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import BotoCoreError, ClientError

from helpdesk.actions.deliver_webhook import Switchboard, deliver_webhook
from helpdesk.aws import clients
from helpdesk.aws.retry_queue import RetryQueue
from helpdesk.aws.webhooks import WebhookClient
from helpdesk.edge.clock import present
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.vault import WEBHOOK_SECRETS, Vault
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
board = Switchboard(
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    client=WebhookClient(),
    vault=Vault((setting("WEBHOOK_KEY"), optional_setting("WEBHOOK_KEY_PREVIOUS")), WEBHOOK_SECRETS),
    most_failures=load_rules().webhooks.failures_until_pause,
)
queue = RetryQueue(clients.sqs(), setting("WEBHOOK_QUEUE_URL"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Deliver each event of the batch; the answer names those that are to come again, each time later."""
    answer = take_each(event, context, logger, metrics, deliver)
    failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
    for record in event["Records"]:
        if record["messageId"] in failed:
            put_off(record)
    return answer


def put_off(record: dict[str, Any]) -> None:
    """Let a message wait longer; where that fails it comes again in the queue's own time."""
    try:
        queue.put_off(record)
    except (BotoCoreError, ClientError):
        logger.exception("it waits as long as the queue says", message_id=record["messageId"])


def deliver(told: Told) -> None:
    """Tell every subscriber of one event."""
    settled = partial(report, logger, metrics)
    deliver_webhook(board, told.event, settled, is_again=told.is_again, clock=present, deadline=told.deadline)
