"""The counters behind the reports."""

from typing import Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.count_event import count_event
from helpdesk.aws import clients
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import setting
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
zone = ZoneInfo(load_rules().hours.time_zone)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Count each event of the batch; the answer names those that are to come again."""
    return take_each(event, context, logger, metrics, count)


def count(told: Told) -> None:
    """Count one event by its local day, topic and type."""
    report(logger, metrics, count_event(desk, told.event, zone, told.now))
