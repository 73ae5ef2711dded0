"""An event goes from the outbox to the topic."""

from contextlib import suppress
from datetime import datetime

from helpdesk.aws.topic import Topic, UnpublishableError
from helpdesk.store import events
from helpdesk.store.codec import Item
from helpdesk.store.table import Table


def relay_event(desk: Table, topic: Topic, image: Item, now: datetime) -> str | None:
    """Publish the event and take it out of the outbox; a passing fault raises, and trying again is safe.

    Args:
        image: the event's item, from the stream or the index.

    Returns:
        Why the event was parked, as a short name; None for one that was published.
    """
    try:
        event = events.from_image(image)
        topic.publish(event, events.correlation_of(image))
    except (events.UndecodableEventError, UnpublishableError) as error:
        reason = f"{type(error).__name__}: {error}"
        with suppress(events.AlreadyRelayedError):
            desk.apply(events.parking(desk, image, reason, now))
        return reason
    with suppress(events.EventGoneError):
        desk.apply(events.relayed(desk, event, now))
    return None
