"""A customer is told by SMS."""

from datetime import datetime, timedelta

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, merge, suppress
from helpdesk.aws.provider import Provider
from helpdesk.model.calendar import LocalDay
from helpdesk.model.delivery import PARKED, Channel, DeliveryState, Sms
from helpdesk.model.errors import TooManyRequestsError
from helpdesk.model.event import SECURITY, Event
from helpdesk.model.identifiers import moment_of
from helpdesk.model.notices import Notices
from helpdesk.model.people import Customer
from helpdesk.model.rules import Rules
from helpdesk.store import customers, deliveries, limits
from helpdesk.store.table import Table

_QUOTA = "sms_phone"
_UNTOLD = PARKED | {DeliveryState.SUPPRESSED}


def deliver_sms(
    desk: Table,
    provider: Provider[Sms],
    notices: Notices,
    rules: Rules,
    event: Event,
    *,
    now: datetime,
    deadline: datetime,
) -> DeliveryState | None:
    """Tell the ticket's customer of the event, once; None if that was settled before.

    An answer behind one that was told of just before, and not read yet, needs no message of its own.

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
    if told_by := _told_by(desk, rules, event):
        return merge(desk, entry, told_by)
    sms, day = Sms(customer.phone, text or "", event.id, now), LocalDay.of(now, rules.hours.time_zone)
    try:
        return deliver_once(
            desk,
            entry,
            lambda: provider.send(sms),
            is_repeatable=provider.is_repeatable,
            now=now,
            deadline=deadline,
            charge=[limits.use_of_day(desk, _QUOTA, customer.phone, rules.sms.most_per_day, day, now)],
            refund=[limits.give_back_of_day(desk, _QUOTA, customer.phone, day)],
        )
    except TooManyRequestsError:
        return suppress(desk, entry, "daily_cap")


def _reason_against(event: Event, customer: Customer, text: str | None) -> str | None:
    if event.is_own_doing:
        return "own_doing"
    if not customer.sms and event.type not in SECURITY:
        return "not_wanted"
    return None if text else "no_text"


def _told_by(desk: Table, rules: Rules, event: Event) -> str | None:
    """The event shortly before whose message tells of this one too, unless that message came to nothing."""
    before = event.data.get("unread_before")
    window = timedelta(seconds=rules.sms.merged_within_seconds)
    if before is None or event.at - moment_of(before) >= window:
        return None
    row = deliveries.find(desk, before, Channel.SMS, event.customer_id)
    return None if row and row.state in _UNTOLD else before
