"""Whether counters agree with what they count: every item of the desk table, and what does not add up, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from helpdesk.edge.rules import load_rules
from helpdesk.model.event import Event
from helpdesk.model.figures import counted
from helpdesk.model.people import Kind
from helpdesk.model.ticket import Status
from helpdesk.store.codec import Item
from helpdesk.store.events import from_image
from tests.faults.law import is_event, is_parked

RULES = load_rules()
ZONE = ZoneInfo(RULES.hours.time_zone)
UNSOLVED = (Status.OPEN, Status.PENDING)


def disagreements(items: Iterable[Item]) -> list[str]:
    """Counters that do not agree: quotas, unread notifications, reports and the backlog."""
    items, now = list(items), datetime.now(UTC)
    counters = {
        "quota": (_used(items, now), _made(items, now)),
        "unread": (_said_unread(items), _unread(items)),
        "report": (_reported(items), _happened(items)),
        "backlog": (_said_unsolved(items), _unsolved(items)),
    }
    return [
        f"{name} of {key}: {said[key]} is said, {there[key]} stand there"
        for name, (said, there) in counters.items()
        for key in sorted(said.keys() | there.keys())
        if said[key] != there[key]
    ]


def _of(items: list[Item], prefix: str, sort: str = "") -> Iterator[Item]:
    return (item for item in items if item["pk"]["S"].startswith(prefix) and item["sk"]["S"].startswith(sort))


def _used(items: list[Item], now: datetime) -> Counter[str]:
    """How much of each quota was used in the present window: DynamoDB may have deleted those that ended."""
    used = Counter[str]()
    for item in _of(items, "LIMIT#"):
        what = item["pk"]["S"].split("#")[1]
        if what in ("tickets", "messages", "uploads") and int(item["sk"]["S"]) == _window(what, now):
            used[item["pk"]["S"]] += int(item["used"]["N"])
    return used


def _made(items: list[Item], now: datetime) -> Counter[str]:
    """What those quotas were used for; the first message comes with its ticket."""
    made = Counter[str]()
    for what, who, item, number in _uses(items):
        if datetime.fromisoformat(item["created_at"]["S"]).timestamp() >= _window(what, now):
            made[f"LIMIT#{what}#{who}"] += number
    return made


def _uses(items: list[Item]) -> Iterator[tuple[str, str, Item, int]]:
    """The quota, whose it is, the item made by it, and how often that counts."""
    customers = {item["pk"]["S"].removeprefix("CUSTOMER#") for item in _of(items, "CUSTOMER#", "PROFILE")}
    for item in _of(items, "TICKET#", "TICKET"):
        yield "tickets", item["customer_id"]["S"], item, 1
        yield "messages", item["customer_id"]["S"], item, -1
    for item in _of(items, "TICKET#", "MESSAGE#"):
        author = item["author"]["M"]
        if author["kind"]["S"] == Kind.CUSTOMER:
            yield "messages", author["id"]["S"], item, 1
    for item in _of(items, "ATTACHMENT#"):
        if item["owner_id"]["S"] in customers:
            yield "uploads", item["owner_id"]["S"], item, 1


def _window(what: str, now: datetime) -> int:
    """The epoch second at which the quota's present window began."""
    seconds = RULES.quotas[what].seconds
    return int(now.timestamp()) // seconds * seconds


def _said_unread(items: list[Item]) -> Counter[str]:
    return Counter({item["pk"]["S"]: int(item["unread"]["N"]) for item in _summaries(items)})


def _unread(items: list[Item]) -> Counter[str]:
    read_to = {item["pk"]["S"]: item.get("read_to", {}).get("S", "") for item in _summaries(items)}
    notifications = list(_of(items, "CUSTOMER#", "NOTIFICATION#"))
    return Counter(it["pk"]["S"] for it in notifications if it["id"]["S"] > read_to.get(it["pk"]["S"], ""))


def _summaries(items: list[Item]) -> list[Item]:
    return [item for item in _of(items, "CUSTOMER#", "NOTIFICATIONS") if "unread" in item]


def _reported(items: list[Item]) -> Counter[str]:
    said = Counter[str]()
    for item in _of(items, "REPORT#20"):
        place = f"{item['pk']['S']} {item['sk']['S']}"
        said.update({f"{place} {name}": int(value["N"]) for name, value in item.items() if "N" in value})
    return said


def _happened(items: list[Item]) -> Counter[str]:
    there = Counter[str]()
    for event in _events(items):
        found = counted(event)
        cell, day = found.cell, event.at.astimezone(ZONE).date().isoformat()
        place = f"REPORT#{day} {cell.topic}#{cell.priority}#{cell.agent_id}"
        there.update({f"{place} {name}": number for name, number in found.counts.items()})
    return there


def _events(items: list[Item]) -> Iterator[Event]:
    return (from_image(item) for item in items if is_event(item) and not is_parked(item))


def _said_unsolved(items: list[Item]) -> Counter[str]:
    return Counter({item["sk"]["S"]: int(item["unsolved"]["N"]) for item in _of(items, "REPORT#BACKLOG")})


def _unsolved(items: list[Item]) -> Counter[str]:
    tickets = list(_of(items, "TICKET#", "TICKET"))
    return Counter(
        f"{item['topic']['S']}#{item['priority']['S']}" for item in tickets if item["status"]["S"] in UNSOLVED
    )
