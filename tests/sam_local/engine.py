"""A Docker engine of our own, for a Debian machine that runs none: `dockerd` in namespaces of its own.

Its network, mounts and processes are in namespaces that live as long as its first process, and what it stores is in
memory there. So its end takes everything with it: containers, bridges, iptables rules, mounts and images. What the
namespaces do not hold is removed by `stop`: the folder of its socket, and the control groups.
"""

import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

import docker

from local.kept import Kept
from local.paths import ROOT

PROGRAMS = ("dockerd", "iptables", "unshare", "ip")
NAMESPACES = ("--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
START = """
set -e
ip link set lo up
mount -t tmpfs tmpfs /run
exec dockerd --host "unix://$1/docker.sock" --data-root /run/data --exec-root /run/docker --pidfile /run/docker.pid \\
    --cgroup-parent "/$2"
"""
SOCKET = "docker.sock"
PATIENCE = 30.0
CONTROL_GROUPS = Path("/sys/fs/cgroup")


def answers(**variables: str) -> bool:
    """Whether an engine does, by the program that `make sam-local` asks first; the client leaks sockets."""
    asked = subprocess.run(
        [sys.executable, "-m", "local.engine"],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    )
    return asked.returncode == 0


def what_is_missing() -> str | None:
    """Why there can be no engine of our own, if there cannot."""
    if os.geteuid() != 0:
        return "only root may start an engine"
    missing = [program for program in PROGRAMS if not shutil.which(program)]
    return f"not installed: {', '.join(missing)}" if missing else None


class Engine:
    """A running engine. A context manager; leaving it leaves nothing."""

    def __init__(self, folder: Path, process: Kept) -> None:
        self.folder = folder
        self.address = f"unix://{folder}/{SOCKET}"
        self._process = process

    @classmethod
    def start(cls) -> Self:
        """Start it and wait until it answers."""
        folder = Path(tempfile.mkdtemp(prefix="poshtiban-engine-"))  # short: a socket's path has 108 bytes at most
        command: list[str | Path] = ["unshare", *NAMESPACES, "sh", "-c", START, "sh", folder, folder.name]
        engine = cls(folder, Kept.start(command, log=folder / "log", cwd=folder, env={"PATH": os.environ["PATH"]}))
        try:
            engine._wait_until_ready()
        except BaseException:
            engine.stop()
            raise
        return engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        self._process.stop()
        clear_away(self.folder)

    def client(self) -> docker.DockerClient:
        return docker.DockerClient(base_url=self.address, timeout=60)

    @contextmanager
    def network(self) -> Iterator[None]:
        """Take this thread, and what it starts, into the engine's network and back."""
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{_first_process(self.folder)}/ns/net", os.O_RDONLY)
        try:
            os.setns(there, os.CLONE_NEWNET)
            yield
        finally:
            os.setns(home, os.CLONE_NEWNET)
            os.close(there)
            os.close(home)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            if not self._process.is_running() or time.monotonic() > deadline:
                said = (self.folder / "log").read_text(encoding="utf-8")
                raise RuntimeError(f"dockerd did not start:\n{said[-2000:]}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        return answers(DOCKER_HOST=self.address)


def processes_of(folder: Path) -> list[Path]:
    """The entries in /proc of an engine's processes: whatever is in its namespace."""
    first = _first_process(folder)
    namespace = Path(f"/proc/{first}/ns/pid").readlink()
    return [entry for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is_in(entry, namespace)]


def _is_in(process: Path, namespace: Path) -> bool:
    try:
        return (process / "ns/pid").readlink() == namespace
    except OSError:  # it has ended
        return False


def _first_process(folder: Path) -> int:
    """The process behind an engine's socket, by the number that it has here."""
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.connect(str(folder / SOCKET))
        process, _, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return int(process)


def clear_away(folder: Path) -> None:
    """What the namespaces of an engine that has ended did not hold."""
    _remove_control_groups(folder.name)
    shutil.rmtree(folder)


def control_groups(name: str) -> list[Path]:
    """The groups of an engine, the innermost first: they are folders of each controller, or of one hierarchy."""
    tops = [*CONTROL_GROUPS.glob(name), *CONTROL_GROUPS.glob(f"*/{name}")]
    return [Path(folder) for top in tops for folder, _, _ in os.walk(top, topdown=False)]


def _remove_control_groups(name: str) -> None:
    """Once they are empty: a killed process leaves its group a moment later."""
    deadline = time.monotonic() + PATIENCE
    while remaining := control_groups(name):
        for group in remaining:
            try:
                group.rmdir()
            except OSError:
                if time.monotonic() > deadline:
                    raise
        time.sleep(0.05)
