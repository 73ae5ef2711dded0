"""What was started is gone in the end, and where nothing can be started that is said."""

import subprocess
import sys
from pathlib import Path

import docker
import pytest

from local.emulator import is_taken
from local.paths import ROOT
from tests.e2e.people import wait_for
from tests.sam_local.engine import Engine, clear_away, control_groups, processes_of, what_is_missing
from tests.sam_local.program import MAKE, SamLocal, environment

OWNER = """
from tests.sam_local.engine import Engine
print(Engine.start().folder, flush=True)
input()
"""
NO_ENGINE = "unix:///nowhere/docker.sock"


@pytest.mark.parametrize("command", [("sam-local",), ("invoke", "FUNCTION=sms_sender")])
def test_without_an_engine_one_line_names_make_run(command: tuple[str, ...]) -> None:
    said = subprocess.run(
        [MAKE, *command],
        cwd=ROOT,
        env=environment(DOCKER_HOST=NO_ENGINE),
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in said.stderr.splitlines() if not line.startswith("make")]
    assert said.returncode != 0
    assert said.stdout == ""
    assert len(ours) == 1
    assert ours[0].startswith("No Docker engine answers")
    assert ours[0].endswith("make run")


def test_ctrl_c_leaves_no_container_port_or_announcement(engine: docker.DockerClient) -> None:
    before = {container.id for container in engine.containers.list(all=True)}
    program = SamLocal.start()
    host, port = program.file.address
    assert {container.id for container in engine.containers.list(all=True)} > before

    program.press_ctrl_c()

    assert {container.id for container in engine.containers.list(all=True)} == before
    assert not is_taken(program.port)
    assert not is_taken(port, host)
    assert not (program.state / "stack.json").exists()
    assert not (program.state / "variables.json").exists()


@pytest.fixture
def may_start_engines() -> None:
    if missing := what_is_missing():
        pytest.skip(f"no engine of our own: {missing}")


@pytest.mark.usefixtures("may_start_engines")
def test_an_engine_of_our_own_leaves_nothing() -> None:
    mounts = _mounts()
    with Engine.start() as engine:
        processes = processes_of(engine.folder)
        assert len(processes) > 1  # dockerd, containerd

    assert not engine.folder.exists()
    assert control_groups(engine.folder.name) == []
    assert _mounts() == mounts
    wait_for(lambda: not any(process.exists() for process in processes), "the end of every process")


@pytest.mark.usefixtures("may_start_engines")
def test_an_engine_of_our_own_ends_with_whoever_started_it() -> None:
    with subprocess.Popen([sys.executable, "-c", OWNER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        folder = Path(owner.stdout.readline().strip())
        processes = processes_of(folder)
        assert processes

        owner.kill()

    wait_for(lambda: not any(process.exists() for process in processes), "the engine's end")
    clear_away(folder)


def _mounts() -> str:
    return Path("/proc/self/mounts").read_text(encoding="utf-8")
