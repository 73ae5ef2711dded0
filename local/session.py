"""One session of `make run` or `make sam-local`: how it begins, what it shows meanwhile, how it ends."""

import argparse
import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from local import show
from local.errors import LocalStackError
from local.follow import Follow
from local.paths import STATE
from local.signals import interrupt_by_signals
from local.stack import LocalStack
from local.stack_file import is_alive, publish, withdraw

LOOK_SECONDS = 0.2


def hold(target: str, description: str | None, default_port: int, run: Callable[[int, Path], None]) -> str | None:
    """Run until told to stop, with the port and a folder of its own. Returns what went wrong, if anything did."""
    port = _port(target, description, default_port)
    state_dir = STATE / str(port)
    interrupt_by_signals()
    try:
        run(port, state_dir)
    except LocalStackError as error:
        return str(error)
    except KeyboardInterrupt:
        say("stopped")
    finally:
        withdraw(state_dir, STATE)
    return None


def _port(target: str, description: str | None, default: int) -> int:
    parser = argparse.ArgumentParser(prog=f"make {target}", description=description)
    parser.add_argument("--port", type=int, default=default)
    port: int = parser.parse_args().port
    return port


def publish_unless_taken(state_dir: Path, *, comes_first: bool = False) -> None:
    """This session's addresses where programs look, unless another session lives there and has no less a right."""
    if comes_first or not is_alive(STATE / "stack.json"):
        publish(state_dir, STATE)


def welcome(stack: LocalStack, first: str, *last: str) -> None:
    """Say that it is ready: addresses, people, and what else there is to know."""
    people = show.people(stack.demo, datetime.now(UTC))
    hint = "  (codes change every 30 s: make codes)"
    say("\n".join([first, "", show.addresses(stack.file), "", people, hint, "", *last]))


def attend(stack: LocalStack, check: Callable[[], None], news: Callable[[], Iterable[str]] = tuple) -> None:
    """Show SMS and news for as long as whoever started us is there; `check` raises when something else has ended."""
    parent, outbox = os.getppid(), Follow(stack.state_dir / "sms.jsonl")
    while os.getppid() == parent:
        check()
        for line in (*map(show.sms, outbox.lines()), *news()):
            say(line)
        time.sleep(LOOK_SECONDS)


def say(text: str) -> None:
    """A line that is seen at once."""
    print(text, flush=True)
