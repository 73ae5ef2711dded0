"""What a measurement says, and how all of them together become `benchmarks/results.md`."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("boto3", "aws-lambda-powertools", "pydantic", "awslambdaric")


@dataclass(frozen=True)
class Table:
    """Figures side by side; the first column names the row."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """What one measurement found.

    Args:
        method: how it was measured and what to compare, in a few sentences.
    """

    title: str
    method: str
    tables: Sequence[Table] = ()


def render(sections: Sequence[Section]) -> str:
    """The whole report in Markdown."""
    return "\n\n".join(["# Results of `make bench`", _machine(), *(_section(section) for section in sections)]) + "\n"


def _machine() -> str:
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return (
        f"{datetime.now(UTC).date()} on {_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB, "
        f"{platform.system()} {platform.release()}.\nPython {platform.python_version()}, {versions}.\n"
        "[docs/performance.md](../docs/performance.md) explains how and why. Compare ratios and\n"
        "counts; milliseconds belong to this machine in this hour."
    )


def _processor() -> str:
    named = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return named[0].partition(":")[2].strip() if named else platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _section(section: Section) -> str:
    return "\n\n".join([f"## {section.title}", section.method, *(_table(table) for table in section.tables)])


def _table(table: Table) -> str:
    ruler = ["---", *["---:"] * (len(table.columns) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [table.columns, ruler, *table.rows])
