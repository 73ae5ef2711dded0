"""The processes in which the emulator runs functions: found by what stands in their environment, and killed."""

import os
import signal
from pathlib import Path

from local.stack import LocalStack

NAME = "POWERTOOLS_SERVICE_NAME"


def workers(stack: LocalStack, function: str = "") -> list[int]:
    """Ids of the processes of one function, or of all."""
    return [pid for pid, name in _running(stack) if function in ("", name)]


def kill(stack: LocalStack, function: str) -> int:
    """End all processes of a function at once, as a lost machine would; tells how many there were."""
    return sum(kill_one(pid) for pid in workers(stack, function))


def kill_one(pid: int) -> bool:
    """End one process; False if it has ended already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _running(stack: LocalStack) -> list[tuple[int, str]]:
    """Processes with the name of their function's folder."""
    found = [(int(entry.name), _environment(entry)) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    ours = [(pid, settings) for pid, settings in found if settings.get("GATEWAY_PORT") == str(stack.port)]
    return [(pid, settings[NAME]) for pid, settings in ours if NAME in settings]


def _environment(process: Path) -> dict[str, str]:
    try:
        content = (process / "environ").read_bytes()
    except OSError:  # it has ended, or belongs to somebody else
        return {}
    return dict(part.split("=", 1) for part in content.decode(errors="replace").split("\0") if "=" in part)
