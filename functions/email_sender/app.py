"""E-mail to customers who left an address, and to the staff whom an event concerns."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from email_sender.providers import email_provider
from helpdesk.actions.deliver_email import deliver_email
from helpdesk.actions.tell_staff import tell_staff
from helpdesk.aws import clients
from helpdesk.edge.clock import present
from helpdesk.edge.notices import load_notices
from helpdesk.edge.queue_messages import BatchAnswer, QueueMessage, report, take_each
from helpdesk.edge.settings import setting
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
    return take_each(event, context, logger, metrics, partial(send, late=list(late_ones(event))))


def late_ones(event: dict[str, Any]) -> Iterator[Event]:
    """The breaches of the batch; what cannot be read says so at its turn."""
    for record in event["Records"]:
        with suppress(UnreadableBodyError):
            told = read_event(record["body"])
            if told.type in BREACHES:
                yield told


def send(message: QueueMessage, late: list[Event]) -> None:
    """Tell whom it concerns; the log knows the e-mail by the event's id, never by address or text."""
    told = read_event(message.body)
    logger.append_keys(event_id=told.id)
    if told.audience == Audience.STAFF:
        settled = partial(report, logger, metrics)
        beside = [other for other in late if other.id != told.id] if told.type in BREACHES else []
        tell_staff(desk, provider, notices, told, settled, beside=beside, clock=present, deadline=message.deadline)
        return
    state = deliver_email(desk, provider, notices, told, now=message.now, deadline=message.deadline)
    report(logger, metrics, state)
