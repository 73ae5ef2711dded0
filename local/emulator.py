"""The emulator of AWS: MiniStack, on one port of 127.0.0.1, with its own folder for what it leaves."""

import os
import shutil
import socket
import subprocess
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Self

from local.errors import LocalStackError
from local.paths import BYTECODE

HOST = "127.0.0.1"
REGION = "eu-central-1"
KEEPER = Path(__file__).with_name("keeper.py")
START_SECONDS = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


class Emulator:
    """A running MiniStack. Stopping it, or the end of this process, also ends the functions it started."""

    def __init__(self, port: int, log: Path, scratch: Path, process: subprocess.Popen[bytes]) -> None:
        self.port = port
        self.log = log
        self._scratch = scratch
        self._process = process

    @classmethod
    def start(cls, port: int, state_dir: Path) -> Self:
        """Start it and wait until it answers. Raises LocalStackError."""
        if is_taken(port):
            free = next(other for other in range(port + 1, 65536) if not is_taken(other))
            raise LocalStackError(f"Port {port} is taken. Choose another one: make run PORT={free}")
        scratch, log = state_dir / "tmp", state_dir / "emulator.log"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, KEEPER, sys.executable, "-m", "ministack"],
                env=_environment(port, scratch),
                cwd=scratch,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        emulator = cls(port, log, scratch, process)
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
        connection = HTTPConnection(HOST, self.port, timeout=2)
        try:
            connection.request("GET", "/_ministack/ready")
            return connection.getresponse().status == HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def is_running(self) -> bool:
        return self._process.poll() is None

    def stop(self) -> None:
        """End it with all its functions. Does no harm when it has ended already."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        shutil.rmtree(self._scratch, ignore_errors=True)


def _environment(port: int, scratch: Path) -> dict[str, str]:
    """Nothing of this shell but PATH: the functions inherit whatever stands here."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "PYTHONPYCACHEPREFIX": str(BYTECODE),
        "BIND_HOST": HOST,
        "MINISTACK_HOST": "localhost",
        "MINISTACK_REGION": REGION,
        "GATEWAY_PORT": str(port),
        "STATE_DIR": str(scratch),
        "AUTH": "true",  # evaluate the functions' roles, check signatures, keep buckets private
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }
