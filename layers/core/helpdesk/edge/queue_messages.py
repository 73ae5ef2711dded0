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
from helpdesk.model.codes import CodeMessage
from helpdesk.model.correlation import CORRELATION, correlation
from helpdesk.model.delivery import PARKED, DeliveryState
from helpdesk.model.event import Event
from helpdesk.model.queue_body import UnreadableBodyError, read_event_or_code

type BatchAnswer = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Told:
    """One event of the batch.

    Args:
        now: when its turn came.
        deadline: when Lambda stops the function.
        is_again: whether the queue gave it to somebody before.
    """

    event: Event
    now: datetime
    deadline: datetime
    is_again: bool = False


def take_each(
    batch: Mapping[str, Any],
    context: LambdaContext,
    logger: Logger,
    metrics: Metrics,
    tell: Callable[[Told], None],
    send_code: Callable[[CodeMessage, datetime], DeliveryState] | None = None,
) -> BatchAnswer:
    """Take every message of the batch, and answer which of them are to come again; the log knows each by its id.

    Args:
        send_code: what is done with a one-time code, in a queue that has some.

    See https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
    """

    def take(record: Mapping[str, Any]) -> None:
        order, now = read_event_or_code(record["body"]), present()
        logger.append_keys(event_id=order.id)
        if isinstance(order, Event):
            deadline = now + timedelta(milliseconds=context.get_remaining_time_in_millis())
            tell(Told(order, now, deadline, int(record["attributes"].get("ApproximateReceiveCount", 1)) > 1))
        elif send_code:
            _report_code(logger, metrics, order, send_code(order, now))
        else:
            raise UnreadableBodyError("kind")

    metrics.add_metric(name="Received", unit=MetricUnit.Count, value=len(batch["Records"]))
    failed = []
    for record in batch["Records"]:
        message_id: str = record["messageId"]
        request_id = record.get("messageAttributes", {}).get(CORRELATION, {}).get("stringValue", "")
        logger.append_keys(message_id=message_id, event_id=None, correlation_id=request_id or None)
        try:
            with correlation.of(request_id):
                take(record)
        except Exception:
            logger.exception("failed, and will come again")
            failed.append({"itemIdentifier": message_id})
    return {"batchItemFailures": failed}


def _report_code(logger: Logger, metrics: Metrics, code: CodeMessage, state: DeliveryState) -> None:
    logger.info("code", state=state, purpose=code.purpose)
    metrics.add_metric(name=f"Codes{state.title()}", unit=MetricUnit.Count, value=1)


def report(logger: Logger, metrics: Metrics, state: DeliveryState | None) -> None:
    """Log and count what became of a delivery; None is one that was settled before."""
    logger.info("settled", state=state or "before")
    if state is None:
        return
    metrics.add_metric(name=state.title(), unit=MetricUnit.Count, value=1)
    if state in PARKED:
        logger.error("parked: somebody has to look at it", state=state)
        metrics.add_metric(name="Parked", unit=MetricUnit.Count, value=1)
