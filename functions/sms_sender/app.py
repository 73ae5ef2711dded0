"""Text messages: answers to customers, and one-time codes."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from helpdesk.actions.deliver_code import deliver_code
from helpdesk.actions.deliver_sms import deliver_sms
from helpdesk.aws import clients
from helpdesk.edge.notices import load_notices
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import setting
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import DeliveryState
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
    return take_each(event, context, logger, metrics, tell, send_code)


def tell(told: Told) -> None:
    """Tell the customer of one event."""
    state = deliver_sms(desk, provider, notices, rules, told.event, now=told.now, deadline=told.deadline)
    report(logger, metrics, state)


def send_code(code: CodeMessage, now: datetime) -> DeliveryState:
    """Send one code."""
    return deliver_code(provider, notices.code_sms, code, now)
