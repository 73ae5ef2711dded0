"""Every minute: late answers and solutions are told of, what was resolved a week ago closes, and the tickets of
those who stopped working on them return to the queue.
"""

from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.for_each import for_each
from helpdesk.actions.return_tickets import return_tickets
from helpdesk.actions.watch_clocks import watch_clocks
from helpdesk.aws import clients
from helpdesk.edge.clock import present
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import setting
from helpdesk.model.correlation import correlation
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
shards = int(setting("QUEUE_SHARDS"))
topics = tuple(load_rules().topics)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_: dict[str, Any], context: LambdaContext) -> None:
    """Watch every shard, then look for departures; what fails raises after the rest was done."""
    with correlation.of(context.aws_request_id):
        for_each([watch_shards, clear_hands], lambda watch: watch(present()))


def watch_shards(now: datetime) -> None:
    """Do what is due by now."""
    for_each(range(shards), lambda shard: count("TicketsDue", watch_clocks(desk, shard, now)))


def clear_hands(now: datetime) -> None:
    """Return what the departed had."""
    count("Departures", return_tickets(desk, topics, now))


def count(metric: str, found: int) -> None:
    """There was so much to do."""
    metrics.add_metric(name=metric, unit=MetricUnit.Count, value=found)
