"""`make run`: start the local stack, say how to use it, keep edited code live, and stop it all at Ctrl-C."""

import argparse
import os
import sys
import time
from datetime import UTC, datetime

from local import show
from local.errors import LocalStackError
from local.follow import Follow
from local.paths import BUILT_SITE, ROOT, STATE, TEMPLATE
from local.signals import interrupt_by_signals
from local.stack import LocalStack
from local.stack_file import is_alive, publish, withdraw
from local.watch import Watch

DEFAULT_PORT = 4580
LOOK_SECONDS = 0.2


def main() -> str | None:
    """Run until told to stop. Returns what went wrong, if anything did."""
    port = _port()
    state_dir = STATE / str(port)
    interrupt_by_signals()
    try:
        began = time.monotonic()
        with LocalStack.start(port, state_dir) as stack:
            if port == DEFAULT_PORT or not is_alive(STATE / "stack.json"):
                publish(state_dir, STATE)
            _say(_welcome(stack, time.monotonic() - began))
            _attend(stack)
    except LocalStackError as error:
        return str(error)
    except KeyboardInterrupt:
        _say("stopped")
    finally:
        withdraw(state_dir, STATE)
    return None


def _port() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    port: int = parser.parse_args().port
    return port


def _welcome(stack: LocalStack, seconds: float) -> str:
    return "\n".join(
        [
            f"Poshtiban is ready after {seconds:.1f} s.",
            "",
            show.addresses(stack.file),
            "",
            show.people(stack.demo, datetime.now(UTC)),
            "  (codes change every 30 s: make codes)",
            "",
            f"For programs: {(stack.state_dir / 'stack.json').relative_to(ROOT)}",
            f"Functions' logs: make logs. The emulator's: {stack.emulator.log.relative_to(ROOT)}",
            "Edited function code is live with the next request. Ctrl-C stops everything. SMS appear below.",
        ]
    )


def _attend(stack: LocalStack) -> None:
    """Show SMS and renew edited functions, for as long as the emulator and whoever started us are there."""
    parent = os.getppid()
    watch, outbox = Watch(stack.cloud.functions), Follow(stack.state_dir / "sms.jsonl")
    while os.getppid() == parent:
        if not stack.emulator.is_running():
            raise LocalStackError(f"The emulator has ended. Its log: {stack.emulator.log}")
        for line in outbox.lines():
            _say(show.sms(line))
        for name in watch.look():
            _say(_news(name))
        time.sleep(LOOK_SECONDS)


def _news(name: str) -> str:
    if name == BUILT_SITE.name:
        return "The web apps were built: live"
    return f"{name} changed: {'restart to deploy it' if name == TEMPLATE.name else 'live'}"


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
