"""Supervisors are told by e-mail what comes late in their topics."""

from collections.abc import Callable
from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, suppress
from helpdesk.actions.for_each import for_each
from helpdesk.aws.email import EmailProvider
from helpdesk.model.delivery import Channel, DeliveryState, Email
from helpdesk.model.event import Event
from helpdesk.model.notices import Notices
from helpdesk.model.people import Role, StaffMember
from helpdesk.store import staff
from helpdesk.store.table import Table

NOBODY = "supervisors"
"""The recipient in the ledger where there is none."""

_LANGUAGE = "fa"


def tell_supervisors(
    desk: Table,
    provider: EmailProvider,
    notices: Notices,
    event: Event,
    settled: Callable[[DeliveryState | None], None],
    *,
    clock: Callable[[], datetime],
    deadline: datetime,
) -> None:
    """Write to every supervisor of the event's topic, each once; to the administrators, where it has none.

    Args:
        settled: told what became of each e-mail; None is one that was settled before.

    Raises:
        ExceptionGroup: some did not go out; trying again sends these alone.
    """
    letter = notices.letter(event, _LANGUAGE)
    recipients = _recipients(staff.list_all(desk), event.topic)
    if letter is None or not recipients:
        reason = "no_text" if letter is None else "nobody"
        settled(suppress(desk, ledger_entry(event, Channel.EMAIL, NOBODY, clock()), reason))
        return

    def send(member: StaffMember) -> None:
        now = clock()
        entry, email = ledger_entry(event, Channel.EMAIL, member.id, now), Email(member.email, *letter, event.id, now)
        is_repeatable = provider.is_repeatable
        settled(
            deliver_once(
                desk, entry, lambda: provider.send(email), is_repeatable=is_repeatable, now=now, deadline=deadline
            )
        )

    for_each(recipients, send)


def _recipients(members: list[StaffMember], topic: str) -> list[StaffMember]:
    supervisors = [member for member in members if member.supervises(topic)]
    return supervisors or [member for member in members if member.enabled and member.role == Role.ADMIN]
