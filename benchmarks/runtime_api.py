"""A stand-in for Lambda's Runtime API, to see when a function has started and when it has answered.

The real runtime client (awslambdaric) runs against it, without Docker. CPU time is read when the function asks for an
event: from the start of the process to its first asking is what Lambda counts as initialisation.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TIMEOUT = 60.0
REQUEST_SECONDS = 30


class StartError(RuntimeError):
    """The function did not come as far as asking for an event, or failed at answering it."""


@dataclass(frozen=True)
class Start:
    """CPU milliseconds of one start.

    Args:
        init: from exec to the first request for work.
        answered: from exec until the first event was answered; as `init` where there was none.
    """

    init: float
    answered: float


@dataclass
class _Talk:
    """What was said so far: the function's CPU seconds each time it asked for an event, and its last answer."""

    event: Mapping[str, Any] | None
    asked: list[float] = field(default_factory=list)
    answer: bytes = b""
    error: str = ""
    over: threading.Event = field(default_factory=threading.Event)


class _RuntimeApi(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, talk: _Talk) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.talk = talk
        self.pid = 0


class _Handler(BaseHTTPRequestHandler):
    server: _RuntimeApi
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Asked for an event: the function has started, or has answered the event before."""
        talk = self.server.talk
        talk.asked.append(_cpu_seconds(self.server.pid))
        if talk.event is None or len(talk.asked) > 1:
            talk.over.set()
            return
        body = json.dumps(talk.event).encode()
        self.send_response(200)
        self.send_header("Lambda-Runtime-Aws-Request-Id", "request")
        self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() + REQUEST_SECONDS) * 1000))
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:it")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Told the answer, or that the start or the event failed."""
        talk = self.server.talk
        talk.answer = self.rfile.read(int(self.headers["Content-Length"]))
        if "error" in self.path:
            talk.error = talk.answer.decode()
            talk.over.set()
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def start_up(
    handler: str,
    path: Sequence[Path],
    environment: Mapping[str, str],
    event: Mapping[str, Any] | None = None,
) -> Start:
    """Start a function, let it answer one event if there is one, and end it.

    Args:
        handler: such as ``customer_tickets.app.handler``.
        path: what stands on ``sys.path`` before the runtime client.

    Raises:
        StartError: it did not start, or answered with something else than HTTP 200.
    """
    talk = _Talk(event)
    api = _RuntimeApi(talk)
    threading.Thread(target=api.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    process = subprocess.Popen(
        [sys.executable, "-m", "awslambdaric", handler],
        env=_environment(api.server_address[1], handler, path, environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    api.pid = process.pid
    try:
        if not talk.over.wait(TIMEOUT) or talk.error or not talk.asked:
            raise StartError(f"{handler}: {talk.error or 'no request for work'}")
        if event is not None and json.loads(talk.answer).get("statusCode") != 200:
            raise StartError(f"{handler}: {talk.answer.decode()}")
        return Start(talk.asked[0] * 1000, talk.asked[-1] * 1000)
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
