"""A stand-in for Lambda's Runtime API, to see when a function has started and what it answers.

The real runtime client (awslambdaric) runs against it, without Docker. CPU time is read when the function asks for its
first event: from the start of the process to there is what Lambda counts as initialisation.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TIMEOUT = 60.0


class StartError(RuntimeError):
    """The function did not come as far as asking for an event."""


class _RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pid = 0
        self.cpu_seconds: float | None = None
        self.error = ""
        self.asked = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    server: _RuntimeApi

    def do_GET(self) -> None:
        """Asked for the first event: the function has started."""
        self.server.cpu_seconds = _cpu_seconds(self.server.pid)
        self.server.asked.set()

    def do_POST(self) -> None:
        """Told that the start failed."""
        self.server.error = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.set()
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def start_up(handler: str, path: Sequence[Path], environment: Mapping[str, str]) -> float:
    """CPU milliseconds from exec to the first request for work, of one start.

    Args:
        handler: such as ``customer_tickets.app.handler``.
        path: what stands on ``sys.path`` before the runtime client.

    Raises:
        StartError: it did not start.
    """
    api = _RuntimeApi()
    threading.Thread(target=api.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    process = subprocess.Popen(
        [sys.executable, "-m", "awslambdaric", handler],
        env=_environment(api.server_address[1], handler, path, environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    api.pid = process.pid
    try:
        if not api.asked.wait(TIMEOUT) or api.cpu_seconds is None:
            raise StartError(f"{handler}: {api.error or 'no request for work'}")
        return api.cpu_seconds * 1000
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        api.shutdown()
        api.server_close()


def _environment(port: int, handler: str, path: Sequence[Path], extra: Mapping[str, str]) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(str(part) for part in path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}",
        "AWS_LAMBDA_FUNCTION_NAME": handler.partition(".")[0],
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_EC2_METADATA_DISABLED": "true",
        "LAMBDA_TASK_ROOT": str(path[0]),
        **extra,
    }


def _cpu_seconds(pid: int) -> float:
    """Of all threads, on a CPU: what else the machine does is not counted."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
