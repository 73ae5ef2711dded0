"""A customer who left an address is told by e-mail."""

from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, suppress
from helpdesk.aws.email import EmailProvider
from helpdesk.model.delivery import Channel, DeliveryState, Email
from helpdesk.model.event import Event
from helpdesk.model.notices import Notices
from helpdesk.store import customers
from helpdesk.store.table import Table


def deliver_email(
    desk: Table, provider: EmailProvider, notices: Notices, event: Event, *, now: datetime, deadline: datetime
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
    letter = notices.letter(event, customer.language)
    if letter is None:
        return suppress(desk, entry, "no_text")
    email = Email(customer.email, *letter, event.id, now)
    return deliver_once(
        desk, entry, lambda: provider.send(email), is_repeatable=provider.is_repeatable, now=now, deadline=deadline
    )
