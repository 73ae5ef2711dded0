"""A customer is told by SMS, and gets one-time codes the same way."""

from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, suppress
from helpdesk.aws.sms import SmsProvider
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import Channel, DeliveryState, RefusedError, Sms, UncertainError
from helpdesk.model.event import Event
from helpdesk.model.notices import Notices
from helpdesk.model.people import Customer
from helpdesk.store import customers
from helpdesk.store.table import Table


def deliver_sms(
    desk: Table, provider: SmsProvider, notices: Notices, event: Event, *, now: datetime, deadline: datetime
) -> DeliveryState | None:
    """Tell the ticket's customer of the event, once; None if that was settled before.

    Raises:
        NotSentError: trying again later may help.
        StillSendingError: another sender is at it.
    """
    customer = customers.find(desk, event.customer_id)
    entry = ledger_entry(event, Channel.SMS, event.customer_id, now)
    if customer is None:
        return suppress(desk, entry, "no_customer")
    text = notices.sms_text(event, customer.language)
    if reason := _reason_against(event, customer, text):
        return suppress(desk, entry, reason)
    sms = Sms(customer.phone, text or "", event.id, now)
    return deliver_once(
        desk, entry, lambda: provider.send(sms), is_repeatable=provider.is_repeatable, now=now, deadline=deadline
    )


def _reason_against(event: Event, customer: Customer, text: str | None) -> str | None:
    if event.is_own_doing:
        return "own_doing"
    if not customer.sms:
        return "not_wanted"
    return None if text else "no_text"


def send_code(provider: SmsProvider, notices: Notices, message: CodeMessage, now: datetime) -> DeliveryState:
    """Send a one-time code unless it is too late for it. Nothing is written down: who gets none asks for another.

    Raises:
        NotSentError: trying again later may help.
    """
    if not message.deliver or message.expires_at <= now:
        return DeliveryState.SUPPRESSED
    try:
        provider.send(Sms(message.phone, notices.code_text(message), message.id, now))
    except RefusedError:
        return DeliveryState.FAILED
    except UncertainError:
        return DeliveryState.UNKNOWN
    return DeliveryState.SENT
