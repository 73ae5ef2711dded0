"""Every minute: events that were not relayed, attachments that nobody linked, checks that do not end."""

from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.for_each import for_each
from helpdesk.actions.sweep import MOST, sweep_attachments, sweep_events
from helpdesk.aws import clients
from helpdesk.aws.topic import Topic
from helpdesk.aws.uploads import FileStore
from helpdesk.edge.clock import present
from helpdesk.edge.settings import setting
from helpdesk.store import events
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
topic = Topic(clients.sns(), setting("EVENTS_TOPIC_ARN"))
files = FileStore(clients.s3(), setting("FILES_BUCKET"))
shards = int(setting("QUEUE_SHARDS"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(_: dict[str, Any], __: LambdaContext) -> None:
    """Sweep every shard; what fails raises after the rest was done."""
    for_each([sweep_outbox, sweep_files, count_parked], lambda sweep: sweep(present()))


def sweep_outbox(now: datetime) -> None:
    """Publish what the relay did not."""
    for_each(range(shards), lambda shard: count("EventsSwept", sweep_events(desk, topic, shard, parked, waited, now)))


def sweep_files(now: datetime) -> None:
    """End what was not linked, and checks that do not end."""
    for_each(range(shards), lambda shard: count("AttachmentsSwept", sweep_attachments(desk, files, shard, now)))


def count_parked(_: datetime) -> None:
    """Say how much waits for an operator, so that the alarm stays on until somebody saw to it."""
    count("ParkedItems", events.count_parked(desk, MOST))


def waited(age: timedelta) -> None:
    """The oldest event of one shard that the relay left lying."""
    metrics.add_metric(name="UnrelayedAge", unit=MetricUnit.Seconds, value=age.total_seconds())


def parked(reason: str) -> None:
    """An event can never be published."""
    logger.error("parked: it can never be published", reason=reason)
    metrics.add_metric(name="Parked", unit=MetricUnit.Count, value=1)


def count(metric: str, swept: int) -> None:
    """So much was left lying in one shard."""
    metrics.add_metric(name=metric, unit=MetricUnit.Count, value=swept)
