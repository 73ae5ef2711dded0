"""`make sam-local`: `sam local start-api` with a local stack behind it, until Ctrl-C."""

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from local import show
from local.emulator import HOST, is_taken
from local.engine import MeetingPlace, find_meeting_place
from local.errors import LocalStackError
from local.follow import Follow
from local.kept import Kept
from local.paths import ROOT, STATE
from local.sam import Services, environment, start_services
from local.signals import interrupt_by_signals
from local.stack import LocalStack
from local.stack_file import is_alive, publish, withdraw

DEFAULT_PORT = 4590
# One address of each function behind the APIs. They are asked one by one: two first requests at once would start two
# containers for a function, of which sam remembers one.
FIRST_REQUESTS = ("/", "/api/v1/me", "/api/v1/form", "/internal/v1/me", "/internal/v1/queue")
STOP_SECONDS = 30  # for sam to remove its containers
LOOK_SECONDS = 0.2


def main() -> str | None:
    """Run until told to stop. Returns what went wrong, if anything did."""
    port = _port()
    state_dir = STATE / str(port)
    interrupt_by_signals()
    try:
        _run(port, state_dir, find_meeting_place())
    except LocalStackError as error:
        return str(error)
    except KeyboardInterrupt:
        _say("stopped")
    finally:
        withdraw(state_dir, STATE)
    return None


def _port() -> int:
    parser = argparse.ArgumentParser(prog="make sam-local", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    port: int = parser.parse_args().port
    return port


def _run(port: int, state_dir: Path, place: MeetingPlace) -> None:
    if is_taken(port):
        raise LocalStackError(f"Port {port} is taken. Choose another one: make sam-local PORT={port + 1}")
    with start_services(state_dir, place, f"http://localhost:{port}") as stack, Services.of(stack, place) as services:
        command = services.command("start-api", "--host", HOST, "--port", str(port))
        log = state_dir / "sam.log"
        sam = Kept.start(command, log=log, cwd=ROOT, env=environment(), patience=STOP_SECONDS)
        try:
            _say("starting a container for each function")
            _wait_until_ready(sam, log, port)
            if not is_alive(STATE / "stack.json"):
                publish(state_dir, STATE)
            _say(_welcome(stack, log))
            _attend(stack, sam, log)
        finally:
            sam.stop()


def _wait_until_ready(sam: Kept, log: Path, port: int) -> None:
    """For as long as it takes: the first time, the engine fetches the base image."""
    for path in FIRST_REQUESTS:
        while not _answers(port, path):
            _check(sam, log)
            time.sleep(LOOK_SECONDS)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection(HOST, port)
    try:
        connection.request("GET", path)
        return bool(connection.getresponse().read())
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _check(sam: Kept, log: Path) -> None:
    if not sam.is_running():
        raise LocalStackError(f"sam local has ended. Its log: {log}")


def _welcome(stack: LocalStack, log: Path) -> str:
    return "\n".join(
        [
            "Poshtiban is ready, its APIs under sam local.",
            "",
            show.addresses(stack.file),
            "",
            show.people(stack.demo, datetime.now(UTC)),
            "  (codes change every 30 s: make codes)",
            "",
            f"What the functions and sam say: {log.relative_to(ROOT)}",
            "Edited code is live after make build and a restart. Ctrl-C stops everything. SMS appear below.",
        ]
    )


def _attend(stack: LocalStack, sam: Kept, log: Path) -> None:
    """Show SMS for as long as sam and whoever started us are there."""
    parent, outbox = os.getppid(), Follow(stack.state_dir / "sms.jsonl")
    while os.getppid() == parent:
        _check(sam, log)
        for line in outbox.lines():
            _say(show.sms(line))
        time.sleep(LOOK_SECONDS)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
