"""A customer who left an address is told by e-mail."""

from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, suppress
from helpdesk.aws.provider import Provider
from helpdesk.model.delivery import Channel, DeliveryState, Email
from helpdesk.model.event import SECURITY, Event
from helpdesk.model.notices import Notices
from helpdesk.model.people import Customer
from helpdesk.store import customers
from helpdesk.store.table import Table


def deliver_email(
    desk: Table, provider: Provider[Email], notices: Notices, event: Event, *, now: datetime, deadline: datetime
) -> DeliveryState | None:
    """Tell the ticket's customer of the event, once; None if that was settled before.

    Raises:
        NotSentError: trying again later may help.
        StillSendingError: another sender is at it.
    """
    entry = ledger_entry(event, Channel.EMAIL, event.customer_id, now)
    if event.is_own_doing:
        return suppress(desk, entry, "own_doing")
    customer = customers.find(desk, event.customer_id)
    if customer is None or customer.email is None:
        return suppress(desk, entry, "no_address")
    if reason := _reason_against(event, customer):
        return suppress(desk, entry, reason)
    letter = notices.letter(event, customer.language)
    if letter is None:
        return suppress(desk, entry, "no_text")
    email = Email(customer.email, *letter, event.id, now)
    return deliver_once(
        desk, entry, lambda: provider.send(email), is_repeatable=provider.is_repeatable, now=now, deadline=deadline
    )


def _reason_against(event: Event, customer: Customer) -> str | None:
    if not customer.email_proven:
        return "unverified"
    return None if customer.by_email or event.type in SECURITY else "not_wanted"
