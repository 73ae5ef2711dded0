"""The messages of an SQS batch: each by itself, and only those that failed go back to the queue.

Powertools has the same; importing it costs a sender 60 ms of its start-up, a seventh of the budget.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.edge.clock import present
from helpdesk.model.delivery import PARKED, DeliveryState

type BatchAnswer = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class QueueMessage:
    """One message of the batch.

    Args:
        now: when its turn came.
        deadline: when Lambda stops the function.
    """

    body: str
    now: datetime
    deadline: datetime


def take_each(
    event: Mapping[str, Any],
    context: LambdaContext,
    logger: Logger,
    metrics: Metrics,
    take: Callable[[QueueMessage], None],
) -> BatchAnswer:
    """Take every message of the batch, and answer which of them are to come again.

    See https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
    """
    metrics.add_metric(name="Received", unit=MetricUnit.Count, value=len(event["Records"]))
    failed = []
    for record in event["Records"]:
        message_id: str = record["messageId"]
        logger.append_keys(message_id=message_id, event_id=None)
        try:
            take(_message(record["body"], context))
        except Exception:
            logger.exception("failed, and will come again")
            failed.append({"itemIdentifier": message_id})
    return {"batchItemFailures": failed}


def _message(body: str, context: LambdaContext) -> QueueMessage:
    now = present()
    return QueueMessage(body, now, now + timedelta(milliseconds=context.get_remaining_time_in_millis()))


def report(logger: Logger, metrics: Metrics, state: DeliveryState | None) -> None:
    """Log and count what became of a delivery; None is one that was settled before."""
    logger.info("settled", state=state or "before")
    if state is None:
        return
    metrics.add_metric(name=state.title(), unit=MetricUnit.Count, value=1)
    if state in PARKED:
        logger.error("parked: somebody has to look at it", state=state)
        metrics.add_metric(name="Parked", unit=MetricUnit.Count, value=1)
