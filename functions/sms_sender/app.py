"""Text messages: answers to customers, and one-time codes."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.deliver_sms import deliver_sms, send_code
from helpdesk.aws import clients
from helpdesk.edge.notices import load_notices
from helpdesk.edge.queue_messages import BatchAnswer, QueueMessage, report, take_each
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import setting
from helpdesk.model.codes import CodeMessage
from helpdesk.model.queue_body import read_event_or_code
from helpdesk.store.table import Table
from sms_sender.providers import sms_provider

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
provider = sms_provider()
rules = load_rules()
notices = load_notices(setting("PUBLIC_ORIGIN"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Send each message of the batch; the answer names those that are to come again."""
    return take_each(event, context, logger, metrics, send)


def send(message: QueueMessage) -> None:
    """Send one message; the log knows it by its id, never by phone or text."""
    order = read_event_or_code(message.body)
    logger.append_keys(event_id=order.id)
    if isinstance(order, CodeMessage):
        state = send_code(provider, notices, order, message.now)
        logger.info("code", state=state, purpose=order.purpose)
        metrics.add_metric(name=f"Codes{state.title()}", unit=MetricUnit.Count, value=1)
    else:
        state_of_event = deliver_sms(desk, provider, notices, rules, order, now=message.now, deadline=message.deadline)
        report(logger, metrics, state_of_event)
