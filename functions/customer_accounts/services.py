"""What the routes of this function work with, made once for each execution environment."""

import logging

from botocore.exceptions import BotoCoreError, ClientError

from helpdesk.actions.registry import CustomerRegistry
from helpdesk.aws import clients
from helpdesk.aws.code_queue import CodeQueue
from helpdesk.edge.common_passwords import load_common_passwords
from helpdesk.edge.rules import load_rules
from helpdesk.edge.settings import optional_setting, setting
from helpdesk.model.codes import CodeMessage, CodeSeal
from helpdesk.model.delivery import Channel
from helpdesk.store.table import Table

_queues = {Channel.SMS: setting("SMS_QUEUE_URL"), Channel.EMAIL: setting("EMAIL_QUEUE_URL")}


def _send(message: CodeMessage) -> None:
    """The client is made with the first code: most requests send none."""
    CodeQueue(clients.sqs(), _queues).send(message)


def _notify(message: CodeMessage) -> None:
    """What was lost stands in the log by its id."""
    try:
        _send(message)
    except (BotoCoreError, ClientError):
        logging.getLogger(__name__).exception("the notice %s was not sent", message.id)


registry = CustomerRegistry(
    accounts=Table(clients.dynamodb(), setting("ACCOUNTS_TABLE")),
    sessions=Table(clients.dynamodb(), setting("SESSIONS_TABLE")),
    desk=Table(clients.dynamodb(), setting("DESK_TABLE")),
    rules=load_rules(),
    common_passwords=load_common_passwords(),
    codes=CodeSeal((setting("CODE_PEPPER"), optional_setting("CODE_PEPPER_PREVIOUS"))),
    send=_send,
    notify=_notify,
)
origin = optional_setting("PUBLIC_ORIGIN")
origin_verify = optional_setting("ORIGIN_VERIFY")
