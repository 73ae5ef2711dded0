"""`make sam-local` and `make invoke`, as a developer types them."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Any, Self

from helpdesk.store.table import Table
from local.cloud import Cloud
from local.emulator import free_port
from local.paths import ROOT, STATE
from local.stack_file import StackFile
from tests.e2e.people import Sms

MAKE = "/usr/bin/make"
STOP_SECONDS = 60


def environment(**changes: str) -> dict[str, str]:
    """A developer's, without what the `make` that runs these tests added for its own kind."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))} | changes


@dataclass(frozen=True)
class Invoked:
    """What `make invoke` printed: the function's answer, and beside it the log."""

    answer: Any
    log: str


class SamLocal:
    """A running `make sam-local`. A context manager; leaving it presses Ctrl-C."""

    def __init__(self, port: int, process: subprocess.Popen[str]) -> None:
        self.port = port
        self.process = process
        self.state = STATE / str(port)

    @classmethod
    def start(cls) -> Self:
        """Start it and wait until it is ready."""
        port = free_port()
        program = cls(port, _start("sam-local", f"PORT={port}"))
        try:
            program._wait_until_ready()
        except BaseException:
            program.press_ctrl_c()
            raise
        return program

    def _wait_until_ready(self) -> None:
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "is ready" in line:
                return
        raise RuntimeError(f"make sam-local ended: {''.join(said)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.press_ctrl_c()

    def press_ctrl_c(self) -> None:
        """Interrupt it as a terminal does, and wait for its end. Does no harm when it has ended already."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=STOP_SECONDS)

    @cached_property
    def file(self) -> StackFile:
        return StackFile.read(self.state / "stack.json")

    @cached_property
    def sms(self) -> Sms:
        return Sms(self.state / "sms.jsonl")

    @cached_property
    def variables(self) -> dict[str, str]:
        """What the containers are told, of all functions together."""
        told = json.loads((self.state / "variables.json").read_text(encoding="utf-8"))
        return {name: value for of_function in told.values() for name, value in of_function.items()}

    def table(self, name: str) -> Table:
        """One of the three tables: accounts, sessions, desk."""
        host, port = self.file.address
        return Table(Cloud(port, host).dynamodb, self.variables[f"{name.upper()}_TABLE"])

    def invoke(self, function: str) -> Invoked:
        """Give a function its event of events/."""
        process = _start("invoke", f"FUNCTION={function}", f"PORT={self.port}", stderr=subprocess.PIPE)
        answer, log = process.communicate()
        assert process.returncode == 0, log
        return Invoked(json.loads(answer), log)


def _start(*arguments: str, stderr: int | IO[str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [MAKE, *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        start_new_session=True,
    )
