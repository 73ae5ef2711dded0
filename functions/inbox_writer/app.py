"""Notifications inside the panel."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.notify_customer import notify_customer
from helpdesk.aws import clients
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.settings import setting
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Write a notification for each event of the batch; the answer names those that are to come again."""
    return take_each(event, context, logger, metrics, write)


def write(told: Told) -> None:
    """Tell one customer."""
    report(logger, metrics, notify_customer(desk, told.event, told.now))
