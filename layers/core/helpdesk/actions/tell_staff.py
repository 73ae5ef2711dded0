"""Staff are told by e-mail: the assignee of his tickets, supervisors of what comes late, administrators of the desk."""

from collections.abc import Callable, Sequence
from datetime import datetime

from helpdesk.actions.deliver_once import deliver_once, ledger_entry, merge, suppress
from helpdesk.actions.for_each import for_each
from helpdesk.aws.provider import Provider
from helpdesk.model.delivery import Channel, DeliveryState, Email
from helpdesk.model.event import Event
from helpdesk.model.hearing import HEARD, Hearer
from helpdesk.model.notices import Notices
from helpdesk.model.people import Role, StaffMember
from helpdesk.store import staff
from helpdesk.store.table import Table

_LANGUAGE = "fa"


def tell_staff(
    desk: Table,
    provider: Provider[Email],
    notices: Notices,
    event: Event,
    settled: Callable[[DeliveryState | None], None],
    *,
    beside: Sequence[Event] = (),
    clock: Callable[[], datetime],
    deadline: datetime,
) -> None:
    """Write to everybody whom the event concerns, each once; whoever did it himself is not told.

    Where there is nobody, the ledger's recipient is what he would be.

    Args:
        beside: other events of the kind, which the same e-mail tells of: theirs is `merged` once it went out, and what
            they may have been told before is told once more rather than not at all.
        settled: told what became of each e-mail; None is one that was settled before.

    Raises:
        ExceptionGroup: some did not go out; trying again sends these alone.
    """
    hearer = HEARD[event.type].get(Channel.EMAIL, Hearer.SUPERVISORS)
    letter = notices.letter(event, _LANGUAGE)
    members = staff.list_all(desk)
    recipients = _recipients(members, hearer, event)
    if letter is None or not recipients:
        reason = "no_text" if letter is None else "nobody"
        entry = ledger_entry(event, Channel.EMAIL, hearer, clock())
        settled(suppress(desk, entry, reason))
        return

    def send(member: StaffMember) -> None:
        now = clock()
        entry = ledger_entry(event, Channel.EMAIL, member.id, now)
        if member.id == event.actor.id:
            settled(suppress(desk, entry, "own_doing"))
            return
        others = [other for other in beside if member in _recipients(members, hearer, other)]
        words = notices.digest([event, *others], _LANGUAGE) if others else letter
        email = Email(member.email, *words, event.id, now)
        is_repeatable = provider.is_repeatable
        state = deliver_once(
            desk, entry, lambda: provider.send(email), is_repeatable=is_repeatable, now=now, deadline=deadline
        )
        settled(state)
        for other in others if state == DeliveryState.SENT else ():
            settled(merge(desk, ledger_entry(other, Channel.EMAIL, member.id, now), event.id))

    for_each(recipients, send)


def _recipients(members: list[StaffMember], hearer: Hearer, event: Event) -> list[StaffMember]:
    """Whom it concerns; a topic without supervisors is the administrators'."""
    working = [member for member in members if member.enabled]
    administrators = [member for member in working if member.role == Role.ADMIN]
    match hearer:
        case Hearer.ASSIGNEE:
            return [member for member in working if member.id == event.data.get("assignee_id")]
        case Hearer.ADMINISTRATORS:
            return administrators
    return [member for member in working if member.supervises(event.topic)] or administrators
