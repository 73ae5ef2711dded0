"""The emulator of AWS: MiniStack, on one port of one address, with its own folder for what it leaves."""

import os
import shutil
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

from local.errors import LocalStackError
from local.kept import Kept
from local.paths import BYTECODE

HOST = "127.0.0.1"
REGION = "eu-central-1"
START_SECONDS = 30.0


def free_port(host: str = HOST) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int, host: str = HOST) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def name_of(host: str) -> str:
    """How an address is written in URLs: browsers give secure cookies to `localhost`, not to 127.0.0.1."""
    return "localhost" if host == HOST else host


class Emulator:
    """A running MiniStack. Stopping it, or the end of this process, also ends the functions it started."""

    def __init__(self, host: str, port: int, log: Path, scratch: Path, process: Kept) -> None:
        self.host = host
        self.port = port
        self.log = log
        self._scratch = scratch
        self._process = process

    @classmethod
    def start(cls, port: int, state_dir: Path, host: str = HOST) -> Self:
        """Start it and wait until it answers. Raises LocalStackError."""
        if is_taken(port, host):
            free = next(other for other in range(port + 1, 65536) if not is_taken(other, host))
            raise LocalStackError(f"Port {port} is taken. Choose another one: make run PORT={free}")
        scratch, log = state_dir / "tmp", state_dir / "emulator.log"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        process = Kept.start(
            [sys.executable, "-m", "ministack"], log=log, cwd=scratch, env=_environment(host, port, scratch)
        )
        emulator = cls(host, port, log, scratch, process)
        try:
            emulator._wait_until_ready()
        except BaseException:
            emulator.stop()
            raise
        return emulator

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if not self.is_running() or time.monotonic() > deadline:
                raise LocalStackError(f"The emulator did not start. Its log: {self.log}")
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        connection = HTTPConnection(self.host, self.port, timeout=2)
        try:
            connection.request("GET", "/_ministack/ready")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def is_running(self) -> bool:
        return self._process.is_running()

    def stop(self) -> None:
        """End it with all its functions. Does no harm when it has ended already."""
        self._process.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)


def _environment(host: str, port: int, scratch: Path) -> dict[str, str]:
    """Nothing of this shell but PATH: the functions inherit whatever stands here."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
        "BIND_HOST": host,
        "MINISTACK_HOST": name_of(host),
        "MINISTACK_REGION": REGION,
        "GATEWAY_PORT": str(port),
        "STATE_DIR": str(scratch),
        "AUTH": "true",  # evaluate the functions' roles, check signatures, keep buckets private
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
