"""What both converters do around their own work: read JSON, write lines, say how many."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

type Record = dict[str, Any]
"""One object as the other desk writes it; and one ticket of the form of `make import`."""

LONGEST_SUBJECT = 250
LONGEST_NAME = 100


def convert_by(converted: Callable[[Path, Path | None], Iterator[Record]], description: str) -> None:
    """Write each ticket as a line beside the files that it names."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("source", type=Path, help="folder of what was exported")
    parser.add_argument("out", type=Path, help="file to write; `make import` looks for files below its folder")
    parser.add_argument("--names", type=Path, help="TOML file that maps names")
    options = parser.parse_args()
    count = 0
    with options.out.open("w", encoding="utf-8") as out:
        for ticket in converted(options.source, options.names):
            out.write(json.dumps(ticket, ensure_ascii=False) + "\n")
            count += 1
    print(f"{count} tickets in {options.out}; now: make import FILE={options.out} DRY=yes")


def records(path: Path) -> list[Record]:
    """The objects of a JSON file: a list, or one a line; none where there is no file."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if text.lstrip().startswith("["):
        found: list[Record] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def without_nothing(record: Record) -> Record:
    """The record without fields that are None."""
    return {name: value for name, value in record.items() if value is not None}
