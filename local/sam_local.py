"""`make sam-local`: `sam local start-api` with a local stack behind it, until Ctrl-C."""

import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from local.emulator import HOST, is_taken
from local.engine import MeetingPlace, find_meeting_place
from local.errors import LocalStackError
from local.kept import Kept
from local.paths import ROOT
from local.sam import Services, environment, start_services
from local.session import LOOK_SECONDS, attend, hold, publish_unless_taken, say, welcome

DEFAULT_PORT = 4590
# One address of each function behind the APIs. They are asked one by one: two first requests at once would start two
# containers for a function, of which sam remembers one.
FIRST_REQUESTS = ("/", "/api/v1/me", "/api/v1/form", "/internal/v1/me", "/internal/v1/queue")
STOP_SECONDS = 30  # for sam to remove its containers


def main() -> str | None:
    """Run until told to stop. Returns what went wrong, if anything did."""
    return hold("sam-local", __doc__, DEFAULT_PORT, lambda port, state_dir: _run(port, state_dir, find_meeting_place()))


def _run(port: int, state_dir: Path, place: MeetingPlace) -> None:
    if is_taken(port):
        raise LocalStackError(f"Port {port} is taken. Choose another one: make sam-local PORT={port + 1}")
    with start_services(state_dir, place, f"http://localhost:{port}") as stack, Services.of(stack, place) as services:
        command = services.command("start-api", "--host", HOST, "--port", str(port))
        log = state_dir / "sam.log"
        sam = Kept.start(command, log=log, cwd=ROOT, env=environment(), patience=STOP_SECONDS)
        try:
            say("starting a container for each function")
            _wait_until_ready(sam, log, port)
            publish_unless_taken(state_dir)
            welcome(
                stack,
                "Poshtiban is ready, its APIs under sam local.",
                f"What the functions and sam say: {log.relative_to(ROOT)}",
                "Edited code is live after make build and a restart. Ctrl-C stops everything. SMS appear below.",
            )
            attend(stack, lambda: _check(sam, log))
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


if __name__ == "__main__":
    sys.exit(main())
