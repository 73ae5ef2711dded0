"""`make run`, as the program that it starts, in a copy of the working tree so that code may be edited."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.emulator import HOST, free_port
from local.paths import ROOT
from local.stack_file import StackFile
from tests.e2e.people import Person, wait_for

TREE = ("local", "functions", "layers/core")


@dataclass
class Run:
    """One `make run` and the tree it runs in."""

    tree: Path
    process: subprocess.Popen[str]

    @property
    def file(self) -> StackFile:
        return StackFile.read(self.tree / ".local" / "stack.json")

    def customer(self) -> Person:
        """The demo's first customer, signed in."""
        person, demo = Person.at(self.file.public_api), self.file.demo.customers[0]
        body = {"phone": demo.phone, "password": demo.password, "transport": "bearer"}
        return person.signed_in(person.post("/sessions", body))

    def processes(self) -> list[int]:
        """Whatever runs inside the tree."""
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._is_ours(entry)]

    def _is_ours(self, entry: Path) -> bool:
        try:
            return (entry / "cwd").readlink().is_relative_to(self.tree)
        except OSError:  # it has ended, or belongs to somebody else
            return False


def start(tree: Path, port: int) -> Run:
    environment = {**os.environ, "PYTHONPATH": str(tree / "layers" / "core")}
    command = [sys.executable, "-m", "local", "--port", str(port)]
    return Run(tree, subprocess.Popen(command, cwd=tree, env=environment, stdout=subprocess.PIPE, text=True))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "template.yaml", tmp_path)
    (tmp_path / ".venv-sam").symlink_to(ROOT / ".venv-sam")
    return tmp_path


@pytest.fixture
def run(tree: Path) -> Iterator[Run]:
    """Started and ready; killed in the end, if it still runs."""
    running = start(tree, free_port())
    with running.process as process:
        assert process.stdout
        assert any("is ready" in line for line in process.stdout)
        yield running
        process.kill()


def test_edited_rules_are_live_with_a_following_request(run: Run) -> None:
    sara, rules = run.customer(), run.tree / "layers/core/helpdesk/desk.toml"
    assert "تسهیلات" in topics(sara)

    rules.write_text(rules.read_text(encoding="utf-8").replace('"تسهیلات"', '"وام"'), encoding="utf-8")

    wait_for(lambda: "وام" in topics(sara), "the new label")


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_of_a_run_that_was_stopped(run: Run, number: signal.Signals) -> None:
    run.customer()
    assert len(run.processes()) > 3  # itself, the keeper, the emulator, a function

    run.process.send_signal(number)

    run.process.wait(timeout=10)
    wait_for(no(run.processes), "the end of every process")


def test_a_stopped_run_is_no_longer_announced(run: Run) -> None:
    run.process.send_signal(signal.SIGINT)

    assert run.process.wait(timeout=10) == 0
    assert not (run.tree / ".local" / "stack.json").exists()


def test_a_taken_port_is_named_together_with_a_free_one(tree: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "local", "--port", str(port)]
        environment = {**os.environ, "PYTHONPATH": str(tree / "layers" / "core")}
        said = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)

    assert said.returncode == 1
    assert said.stderr.startswith(f"Port {port} is taken. Choose another one: make run PORT=")
    assert said.stderr.count("\n") == 1


def topics(person: Person) -> list[str]:
    """Labels of the topics; none while the function is renewed, which ends a request that is under way."""
    answer = person.call("GET", "/form")
    return [topic["label"]["fa"] for topic in answer.json()["topics"]] if answer.is_success else []


def no(things: Callable[[], list[int]]) -> Callable[[], bool]:
    return lambda: not things()
