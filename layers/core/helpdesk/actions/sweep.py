"""What was left lying: events that nobody relayed, attachments that nobody linked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from helpdesk.actions.decide_attachment import decide_attachment
from helpdesk.actions.for_each import for_each
from helpdesk.actions.relay_event import relay_event
from helpdesk.aws.topic import Topic
from helpdesk.aws.uploads import FileStore
from helpdesk.model.attachment import Attachment, AttachmentState, Refusal
from helpdesk.model.errors import AttachmentStateError
from helpdesk.store import attachments, events
from helpdesk.store.table import Table

GRACE = timedelta(seconds=60)
"""The relay has this long before the sweeper publishes in its place."""

MOST = 100
"""Of each kind and shard in one run; the next one comes in a minute."""


def sweep_events(
    desk: Table,
    topic: Topic,
    shard: int,
    parked: Callable[[str], None],
    waited: Callable[[timedelta], None],
    now: datetime,
) -> int:
    """Publish what has stayed in the outbox, and count it; the first passing fault ends it, as it would meet them all.

    Args:
        parked: told why, for each event that can never be published.
        waited: told for how long the oldest has waited, before it is published.
    """
    images = events.list_unrelayed(desk, shard, now - GRACE, MOST)
    if images:
        waited(now - events.waiting_since(images[0]))
    for image in images:
        if reason := relay_event(desk, topic, image, now):
            parked(reason)
    return len(images)


def sweep_attachments(desk: Table, files: FileStore, shard: int, now: datetime) -> int:
    """Refuse checks that take too long, remove what nobody linked in time, and count both.

    Raises:
        ExceptionGroup: what went wrong with some of them.
    """
    expired = attachments.list_expired(desk, shard, now, MOST)
    return for_each(expired, lambda attachment: _sweep(desk, files, attachment, now))


def _sweep(desk: Table, files: FileStore, attachment: Attachment, now: datetime) -> None:
    with suppress(AttachmentStateError):  # it was linked, or checked, this very moment
        match attachment.state:
            case AttachmentState.CHECKING:
                decide_attachment(desk, attachment.refused(Refusal.CHECK_TIMEOUT, now), now)
            case AttachmentState.CLEAN:
                expired = attachment.expired(now)
                desk.apply(attachments.change(desk, expired, AttachmentState.CLEAN))
                _remove(desk, files, expired, now)
            case _:
                _remove(desk, files, attachment, now)


def _remove(desk: Table, files: FileStore, attachment: Attachment, now: datetime) -> None:
    """Files first: should that break off, the item still stands to be swept again, and nobody can link it."""
    files.delete(attachment.id)
    desk.apply(attachments.removal(desk, attachment, now))
