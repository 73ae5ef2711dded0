"""What becomes of an attachment is written down, and a customer whose file is refused is told."""

from datetime import datetime

from helpdesk.model.attachment import Attachment, AttachmentState
from helpdesk.model.event import Event, EventType
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Kind
from helpdesk.store import attachments, events
from helpdesk.store.table import Table, Write


def decide_attachment(desk: Table, decided: Attachment, now: datetime) -> None:
    """End the check of an attachment, as one transaction with the event of a refusal.

    Raises:
        AttachmentStateError: somebody else ended it.
    """
    desk.commit([attachments.change(desk, decided, AttachmentState.CHECKING), *_news(desk, decided, now)])


def _news(desk: Table, decided: Attachment, now: datetime) -> list[Write]:
    """Staff see the refusal where they upload, and have no inbox."""
    if decided.reason is None or decided.owner_kind != Kind.CUSTOMER:
        return []
    data = {"attachment_id": decided.id, "reason": decided.reason.value}
    event = Event.without_ticket(new_id(now), EventType.ATTACHMENT_REFUSED, now, decided.owner_id, data)
    return [events.creation(desk, event, decided.shard)]
