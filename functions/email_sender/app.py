"""E-mail: to customers who confirmed an address, the codes for that, and to the staff whom an event concerns."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from email_sender.providers import email_provider
from helpdesk.actions.deliver_code import deliver_code
from helpdesk.actions.deliver_email import deliver_email
from helpdesk.actions.tell_staff import tell_staff
from helpdesk.aws import clients
from helpdesk.edge.clock import present
from helpdesk.edge.notices import load_notices
from helpdesk.edge.queue_messages import BatchAnswer, Told, report, take_each
from helpdesk.edge.settings import setting
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import DeliveryState
from helpdesk.model.event import BREACHES, Audience, Event
from helpdesk.model.queue_body import UnreadableBodyError, read_event
from helpdesk.store.table import Table

logger = Logger()
metrics = Metrics()
desk = Table(clients.dynamodb(), setting("DESK_TABLE"))
provider = email_provider()
notices = load_notices(setting("PUBLIC_ORIGIN"))


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> BatchAnswer:
    """Send an e-mail for each event of the batch; the answer names those that are to come again.

    What came late at once is one e-mail to each supervisor.
    """
    return take_each(event, context, logger, metrics, partial(tell, late=list(late_ones(event))), send_code)


def late_ones(event: dict[str, Any]) -> Iterator[Event]:
    """The breaches of the batch; what is none, or cannot be read, has its turn later."""
    for record in event["Records"]:
        with suppress(UnreadableBodyError):
            told = read_event(record["body"])
            if told.type in BREACHES:
                yield told


def tell(told: Told, late: list[Event]) -> None:
    """Tell whom one event concerns."""
    if told.event.audience == Audience.CUSTOMER:
        state = deliver_email(desk, provider, notices, told.event, now=told.now, deadline=told.deadline)
        report(logger, metrics, state)
        return
    settled = partial(report, logger, metrics)
    beside = [other for other in late if other.id != told.event.id] if told.event.type in BREACHES else []
    tell_staff(desk, provider, notices, told.event, settled, beside=beside, clock=present, deadline=told.deadline)


def send_code(code: CodeMessage, now: datetime) -> DeliveryState:
    """Send one code."""
    return deliver_code(provider, notices.code_email, code, now)
