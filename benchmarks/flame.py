"""Answers one of the warm path's requests again and again, for a profiler to look at: `make flame`."""

import sys
import time
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO

from benchmarks import warm_path
from benchmarks.baselines.by_hand import Handler

SECONDS = 20.0


def main(name: str) -> None:
    """Answer the request of this name for a while."""
    use_case = next(one for one in warm_path.use_cases() if one.name == name)
    handler: Handler = import_module(f"{use_case.function}.app").handler
    until = time.monotonic() + SECONDS
    with warm_path.canned(use_case), redirect_stdout(StringIO()):  # logs
        while time.monotonic() < until:
            warm_path.ask(handler, use_case)


if __name__ == "__main__":
    main(sys.argv[1])
