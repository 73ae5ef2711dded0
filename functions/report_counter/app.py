"""The counters behind the reports."""

from typing import Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.count_event import count_event
from helpdesk.aws import clients
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import setting
from helpdesk.model.event import EventType
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
zone = ZoneInfo(load_rules().hours.time_zone)

COUNTED = {
    EventType.TICKET_OPENED: "TicketsOpened",
    EventType.TICKET_ANSWERED: "TicketsAnswered",
    EventType.TICKET_RESOLVED: "TicketsResolved",
    EventType.RESPONSE_BREACHED: "Breaches",
    EventType.RESOLUTION_BREACHED: "Breaches",
}
"""What of the desk's life is a metric too; here, since it is the one place that takes each event once."""


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Count each event of the batch; the answer names those that are to come again."""
    return take_each(event, context, logger, metrics, count)


def count(told: Told) -> None:
    """Count one event by its local day, topic and type, and for the operators' dashboard."""
    state = count_event(desk, told.event, zone, told.now)
    report(logger, metrics, state)
    if state and (metric := COUNTED.get(told.event.type)):
        metrics.add_metric(name=metric, unit=MetricUnit.Count, value=1)
