"""`make invoke`: one function in a container, with one event; its answer is printed, its log beside it.

The data services are those of `make sam-local`, if it runs on this port, so that one sees there what an event did.
Otherwise they are there for this one invocation.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from local.engine import find_meeting_place
from local.errors import LocalStackError
from local.paths import FUNCTIONS, ROOT, STATE
from local.sam import Services, environment, start_services
from local.sam_local import DEFAULT_PORT

EVENTS = ROOT / "events"


def main() -> str | int | None:
    """Return sam's exit code, or what keeps us from asking it."""
    arguments = _arguments()
    try:
        function, event = _checked(arguments.function, arguments.event)
        with _services(arguments.port) as services:
            command = services.command("invoke", function, "--event", event)
            return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode
    except LocalStackError as error:
        return str(error)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make invoke", description=__doc__)
    parser.add_argument("function", help="name of a folder of functions/")
    parser.add_argument("event", nargs="?", help="file with the event; the function's own of events/ if left out")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    return parser.parse_args()


def _checked(name: str, event: str | None) -> tuple[str, Path]:
    """The function's logical id, and the event's file."""
    names = sorted(app.parent.name for app in FUNCTIONS.glob("*/app.py"))
    if name not in names:
        raise LocalStackError(f"Say which: make invoke FUNCTION=… with one of {', '.join(names)}")
    path = Path(event) if event else EVENTS / f"{name}.json"
    if not path.is_file():
        raise LocalStackError(f"There is no event {path}. Those of events/ are taken without EVENT=…")
    return logical_id(name), path.resolve()


def logical_id(name: str) -> str:
    """`sms_sender` → `SmsSenderFunction`, as the template calls it."""
    return f"{name.title().replace('_', '')}Function"


@contextmanager
def _services(port: int) -> Iterator[Services]:
    running = Services(STATE / str(port))
    if running.are_running():
        yield running
        return
    place = find_meeting_place()
    STATE.mkdir(exist_ok=True)
    with (
        TemporaryDirectory(prefix="invoke-", dir=STATE) as folder,
        start_services(Path(folder), place, f"http://localhost:{port}") as stack,
        Services.of(stack, place) as own,
    ):
        yield own


if __name__ == "__main__":
    sys.exit(main())
