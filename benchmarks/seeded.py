"""Desks of many tickets in DynamoDB Local's file store, seeded once and kept in .local/growth.

The engine takes about a millisecond of CPU for an item. So it writes one ticket of each kind, and their rows in its
SQLite file are copied: other keys, the same layout. The columns of hashes order a Scan, of which nobody makes one.
"""

import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any

import boto3

from benchmarks import seeds
from helpdesk.store.codec import Item
from local.paths import STATE
from tests.support.bulk import fill
from tests.support.dynamodb_local import running
from tests.support.environment import REGION
from tests.support.template import TABLES, create_table_request

DESKS = STATE / "growth"
_SEEDED = "seeded"
"""The file beside the engine's own: all tickets are there."""
_HASHES = {"hashValue": ("hashKey",), "rangeValue": ("rangeKey",), "hashRangeValue": ("hashKey", "rangeKey")}
_BETWEEN = b"\x1f"


@dataclass(frozen=True)
class _Row:
    """One row of a pattern.

    Args:
        texts: the columns that hold keys or the item, and what they hold as one text.
        keys: which of the texts are the item's keys.
        fixed: all columns, without those and the hashes.
    """

    places: Sequence[int]
    text: bytes
    hashes: Mapping[int, Sequence[int]]
    fixed: Sequence[Any]

    @classmethod
    def of(cls, names: Sequence[str], row: Sequence[Any]) -> "_Row":
        """The pattern that a row is."""
        hashes = {names.index(name): [names.index(key) for key in of] for name, of in _HASHES.items()}
        texts = {n: value for n, value in enumerate(row) if isinstance(value, bytes) and n not in hashes}
        return cls(list(texts), _BETWEEN.join(texts.values()), hashes, row)

    def filled(self, values: Sequence[tuple[bytes, bytes]]) -> list[Any]:
        """The row with these in the places of the signs."""
        text, row = self.text, list(self.fixed)
        for sign, value in values:
            text = text.replace(sign, value)
        for place, part in zip(self.places, text.split(_BETWEEN), strict=True):
            row[place] = part
        for place, of in self.hashes.items():
            row[place] = sha1(b"".join(row[key] for key in of), usedforsecurity=False).digest()
        return row


@contextmanager
def seeded(size: int) -> Iterator[str]:
    """An engine with a desk of so many tickets; yields its address."""
    folder = _folder(size)
    if not (folder / _SEEDED).exists():
        _seed(folder, size)
    with running(folder) as address:
        yield address


def seeding_seconds(size: int) -> float:
    """How long it took to seed this desk."""
    return float((_folder(size) / _SEEDED).read_text())


def _folder(size: int) -> Path:
    """Other items, other tables: another desk."""
    made_of = [seeds.patterns(), [*map(seeds.filling, range(1_000))], *(create_table_request(name) for name in TABLES)]
    return DESKS / f"{size}-{sha256(str(made_of).encode()).hexdigest()[:8]}"


def _seed(folder: Path, size: int) -> None:
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with running(folder) as address:
        client = boto3.client("dynamodb", endpoint_url=address, region_name=REGION)
        for name in TABLES:
            client.create_table(**create_table_request(name))
        fill(address, "desk", [item for pattern in seeds.patterns() for item in pattern])
    (file,) = folder.glob("*.db")
    with closing(sqlite3.connect(file)) as store:
        _copy(store, size)
    (folder / _SEEDED).write_text(f"{time.monotonic() - began:.1f}")


def _copy(store: sqlite3.Connection, size: int) -> None:
    """The patterns' rows, once for each ticket; the indexes are made behind them, which is faster."""
    store.execute("PRAGMA synchronous = OFF")
    patterns = [_read_pattern(store, items) for items in seeds.patterns()]
    indexes = "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'desk' AND sql LIKE 'CREATE INDEX%'"
    made = store.execute(indexes).fetchall()
    for name, _ in made:
        store.execute(f'DROP INDEX "{name}"')
    store.execute("DELETE FROM desk")
    columns = ", ".join("?" * len(patterns[0][0].fixed))
    filled = ((pattern, values) for pattern, values in map(seeds.filling, range(size)))
    rows = (row.filled(values) for pattern, values in filled for row in patterns[pattern])
    store.executemany(f"INSERT INTO desk VALUES ({columns})", rows)  # noqa: S608
    for _, sql in made:
        store.execute(sql)
    store.commit()


def _read_pattern(store: sqlite3.Connection, items: Sequence[Item]) -> list[_Row]:
    found = store.execute("SELECT * FROM desk WHERE hashKey = ?", (items[0]["pk"]["S"].encode(),))
    names = [column[0] for column in found.description]
    return [_Row.of(names, row) for row in found]
