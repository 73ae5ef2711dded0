"""Measure and write `benchmarks/results.md`: ``python -m benchmarks`` (`make bench`).

With names of measurements, only these are made, and printed instead of written: ``python -m benchmarks start_up``.
A measurement is a module with ``measure() -> Section``; a new one gets a line in MEASUREMENTS.
"""

import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks import cost, counted_work, growth, panel, partitions, start_up, throughput, warm_path
from benchmarks.report import Section, render
from tests.support.template import ROOT

RESULTS = ROOT / "benchmarks" / "results.md"
MEASUREMENTS: Mapping[str, Callable[[], Section]] = {
    "counted_work": counted_work.measure,
    "start_up": start_up.measure,
    "warm_path": warm_path.measure,
    "growth": growth.measure,
    "partitions": partitions.measure,
    "cost": cost.measure,
    "throughput": throughput.measure,
    "panel": panel.measure,
}


def main(names: Sequence[str]) -> None:
    """Make these measurements, or all and write them down."""
    sections = []
    for name in names or MEASUREMENTS:
        print(f"measuring {name}", file=sys.stderr)
        sections.append(MEASUREMENTS[name]())
    report = render(sections)
    if not names:
        RESULTS.write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main(sys.argv[1:])
