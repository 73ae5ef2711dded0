"""The agents' queue: tickets that wait for us, most pressing first, merged from all shards."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from heapq import merge
from itertools import islice

from helpdesk.actions.office import Office
from helpdesk.model.people import Session
from helpdesk.model.ticket import Ticket
from helpdesk.store import keys, tickets

_PARALLEL = 16


def list_queue(
    office: Office, agent: Session, topic: str | None, assignee: str | None, limit: int, after: str | None
) -> tuple[list[Ticket], str | None]:
    """A page of the queue, and the place to go on from.

    One request per shard and topic (per topic for one agent's own tickets), sent side by side.

    Args:
        topic: only this one; None for all that the agent works on.
        assignee: an agent's id, "none" for tickets nobody has, None for all.
        after: the place of the last ticket of the page before.

    Raises:
        InvalidError: unknown topic.
    """
    chosen = [office.rules.topic(topic).name] if topic else list(office.rules.topics)
    visible = [name for name in chosen if agent.sees(name)]
    index, partitions = _partitions(visible, assignee, office.shards)
    pages = _threads().map(
        lambda partition: tickets.list_of_queue(office.desk, index, partition, limit, after), partitions
    )
    return _first(merge(*pages, key=lambda place: place[0]), limit)


@cache
def _threads() -> ThreadPoolExecutor:
    """Kept from request to request: starting them is a sixth of a page's work."""
    return ThreadPoolExecutor(_PARALLEL, "queue")


def _partitions(topics: Iterable[str], assignee: str | None, shards: int) -> tuple[str, list[str]]:
    match assignee:
        case None:
            return "gsi3", [keys.queue(topic, shard) for topic in topics for shard in range(shards)]
        case "none":
            return "gsi4", [keys.unassigned_queue(topic, shard) for topic in topics for shard in range(shards)]
        case _:
            return "gsi4", [keys.assigned_queue(assignee, topic) for topic in topics]


def _first(places: Iterable[tuple[str, Ticket]], limit: int) -> tuple[list[Ticket], str | None]:
    page = list(islice(places, limit + 1))
    has_more = len(page) > limit
    return [ticket for _, ticket in page[:limit]], page[limit - 1][0] if has_more else None
