"""New events go from the desk table's stream to the topic.

A passing fault raises: Lambda then brings the batch again, in halves. What can never be published is parked.
"""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.relay_event import relay_event
from helpdesk.aws import clients
from helpdesk.aws.topic import Topic
from helpdesk.edge.clock import present
from helpdesk.edge.settings import setting
from helpdesk.store import events
from helpdesk.store.codec import Item
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
topic = Topic(clients.sns(), setting("EVENTS_TOPIC_ARN"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], _: LambdaContext) -> None:
    """Relay each event of the batch."""
    metrics.add_metric(name="Received", unit=MetricUnit.Count, value=len(event["Records"]))
    for record in event["Records"]:
        change = record["dynamodb"]
        relay({**change["Keys"], **change["NewImage"]})


def relay(image: Item) -> None:
    """Publish one event, or park it."""
    key = image["sk"]["S"]
    logger.append_keys(correlation_id=events.correlation_of(image) or None)
    reason = relay_event(desk, topic, image, present())
    if reason is None:
        logger.info("published", event_key=key)
        return
    logger.error("parked: it can never be published", event_key=key, reason=reason)
    metrics.add_metric(name="Parked", unit=MetricUnit.Count, value=1)
