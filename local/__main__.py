"""`make run`: start the local stack, say how to use it, keep edited code live, and stop it all at Ctrl-C."""

import sys
import time
from pathlib import Path

from local.errors import LocalStackError
from local.paths import BUILT_SITE, ROOT, TEMPLATE
from local.session import attend, hold, publish_unless_taken, welcome
from local.stack import LocalStack
from local.watch import Watch

DEFAULT_PORT = 4580


def main() -> str | None:
    """Run until told to stop. Returns what went wrong, if anything did."""
    return hold("run", __doc__, DEFAULT_PORT, _run)


def _run(port: int, state_dir: Path) -> None:
    began = time.monotonic()
    with LocalStack.start(port, state_dir) as stack:
        publish_unless_taken(state_dir, comes_first=port == DEFAULT_PORT)
        welcome(
            stack,
            f"Poshtiban is ready after {time.monotonic() - began:.1f} s.",
            f"For programs: {(stack.state_dir / 'stack.json').relative_to(ROOT)}",
            f"Functions' logs: make logs. The emulator's: {stack.emulator.log.relative_to(ROOT)}",
            "Edited function code is live with the next request. Ctrl-C stops everything. SMS appear below.",
        )
        watch = Watch(stack.cloud.functions)
        attend(stack, lambda: _check(stack), lambda: map(_news, watch.look()))


def _check(stack: LocalStack) -> None:
    if not stack.emulator.is_running():
        raise LocalStackError(f"The emulator has ended. Its log: {stack.emulator.log}")


def _news(name: str) -> str:
    if name == BUILT_SITE.name:
        return "The web apps were built: live"
    return f"{name} changed: {'restart to deploy it' if name == TEMPLATE.name else 'live'}"


if __name__ == "__main__":
    sys.exit(main())
