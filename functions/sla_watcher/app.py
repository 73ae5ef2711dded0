"""Every minute: late answers and solutions are told of, and what was resolved a week ago closes."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.for_each import for_each
from helpdesk.actions.watch_clocks import watch_clocks
from helpdesk.aws import clients
from helpdesk.edge.clock import present
from helpdesk.edge.settings import setting
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
shards = int(setting("QUEUE_SHARDS"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_: dict[str, Any], __: LambdaContext) -> None:
    """Watch every shard; what fails raises after the rest was done."""
    now = present()
    for_each(range(shards), lambda shard: count(watch_clocks(desk, shard, now)))


def count(tickets: int) -> None:
    """For so many tickets of one shard something was due."""
    metrics.add_metric(name="TicketsDue", unit=MetricUnit.Count, value=tickets)
