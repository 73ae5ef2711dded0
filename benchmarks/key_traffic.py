"""Which partition keys of tables and indexes the requests of the product touch, and how many units they take there.

Counted from the items, a KiB at a time: a transaction takes twice as much, also in the indexes, as DynamoDB Local says.
That engine itself is of no use here: it says the same for a transaction of three small items as for one of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from helpdesk.aws import clients
from helpdesk.store.codec import Attribute, Item

WRITE_BLOCK, READ_BLOCK = 1024, 4096
_INDEXES = ("gsi1", "gsi2", "gsi3", "gsi4", "gsi5")
_PARTITION = re.compile(r"pk = (:\w+)")


@dataclass(frozen=True)
class Place:
    """A partition of a table or index, such as desk, gsi5, ``OUTBOX#3``."""

    index: str
    partition: str


@dataclass(frozen=True)
class Touch:
    """One request's work on one partition."""

    place: Place
    write_units: float = 0.0
    read_units: float = 0.0


@dataclass
class Traffic:
    """What was touched, and the items as they stood before each write.

    Args:
        engine: a client whose calls are nobody's.
    """

    engine: Any
    touches: list[Touch] = field(default_factory=list)
    _images: dict[str, Item] = field(default_factory=dict)

    def note(self, operation: str, sent: Mapping[str, Any], parsed: Mapping[str, Any]) -> None:
        """One call that went well."""
        match operation:
            case "TransactWriteItems":
                for part in sent["TransactItems"]:
                    self._note_write(next(iter(part.values())), factor=2)
            case "PutItem" | "UpdateItem" | "DeleteItem":
                self._note_write(sent, factor=1)
            case "Query":
                self._note_query(sent, parsed["Items"])
            case "GetItem":
                self._note_read(sent["TableName"], sent["Key"], parsed.get("Item", {}), sent)
            case "BatchGetItem":
                self._note_batch(sent, parsed["Responses"])

    def _note_batch(self, sent: Mapping[str, Any], found: Mapping[str, Sequence[Item]]) -> None:
        for table, items in found.items():
            for item in items:
                self._note_read(table, item, item, sent["RequestItems"][table])

    def _note_write(self, request: Mapping[str, Any], factor: int) -> None:
        table, key = request["TableName"], request.get("Key") or _key(request["Item"])
        new = self.engine.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
        name = f"{table} {key}"
        old = self._images.get(name, {})
        self._images[name] = new
        units = factor * ceil(max(size_of(old), size_of(new)) / WRITE_BLOCK)
        is_in_lsi = "lsi1sk" in old or "lsi1sk" in new
        self._add(table, key["pk"]["S"], write_units=units * (2 if is_in_lsi else 1))
        for index in _INDEXES if table == "desk" else ():
            self._note_index(index, old, new, factor)

    def _note_index(self, index: str, old: Item, new: Item, factor: int) -> None:
        """An entry that moves is deleted in one place and put in the other; one that stays is written once."""
        names = (f"{index}pk", f"{index}sk")
        before, after = ([item.get(name, {}).get("S") for name in names] for item in (old, new))
        moved = [(before, old), (after, new)] if before != after else [(after, new)] if old != new else []
        for place, item in moved:
            if place[0]:
                self._add(index, place[0], write_units=factor * ceil(size_of(item) / WRITE_BLOCK))

    def _note_query(self, sent: Mapping[str, Any], items: Sequence[Item]) -> None:
        index = sent.get("IndexName", sent["TableName"])
        (name,) = _PARTITION.findall(sent["KeyConditionExpression"])
        partition = sent["ExpressionAttributeValues"][name]["S"]
        units = max(1, ceil(sum(map(size_of, items)) / READ_BLOCK)) / (1 if sent.get("ConsistentRead") else 2)
        self._add("desk" if index.startswith("lsi") else index, partition, read_units=units)

    def _note_read(self, table: str, key: Item, item: Item, sent: Mapping[str, Any]) -> None:
        units = max(1, ceil(size_of(item) / READ_BLOCK)) / (1 if sent.get("ConsistentRead") else 2)
        self._add(table, key["pk"]["S"], read_units=units)

    def _add(self, index: str, partition: str, write_units: float = 0.0, read_units: float = 0.0) -> None:
        self.touches.append(Touch(Place(index, partition), write_units, read_units))


def _key(item: Item) -> Item:
    return {name: item[name] for name in ("pk", "sk") if name in item}


def size_of(item: Item) -> int:
    """Bytes as DynamoDB counts them: names and values, a little more for lists and maps."""
    return sum(len(name) + _value_size(value) for name, value in item.items())


def _value_size(value: Attribute) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return len(content) // 2 + 2
        case "L":
            return 3 + sum(1 + _value_size(member) for member in content)
        case "M":
            return 3 + sum(1 + len(name) + _value_size(member) for name, member in content.items())
    return 1


@contextmanager
def key_traffic(engine: Any) -> Iterator[Traffic]:
    """Note what the product asks DynamoDB for until the block ends."""
    traffic, events = Traffic(engine), clients.dynamodb().meta.events

    def keep(params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
        context["sent"] = params

    def note(model: Any, parsed: Mapping[str, Any], context: Mapping[str, Any], **_: object) -> None:
        if "Error" not in parsed:
            traffic.note(model.name, context["sent"], parsed)

    hooks = {"provide-client-params.dynamodb": keep, "after-call.dynamodb": note}
    for name, hook in hooks.items():
        events.register(name, hook)
    yield traffic
    for name, hook in hooks.items():
        events.unregister(name, hook)
