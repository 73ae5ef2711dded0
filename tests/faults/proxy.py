"""A proxy between the functions and the emulator that makes some of their calls go wrong, as rules ask for.

It leaves the Host header as it was signed, so the emulator checks signatures as ever.
"""

import random
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from local.emulator import HOST
from tests.faults.call import Call, Matches, Reply
from tests.faults.fault import Fault

_PATIENCE = 60
_HOP = {"connection", "transfer-encoding", "content-length", "keep-alive"}
_RESET = struct.pack("ii", 1, 0)  # linger for no second: closing sends RST


@dataclass
class Rule:
    """Calls that match meet the fault: so many `times`, behind the first `spared`, each by a `chance`.

    Args:
        met: the calls that did, by their names.
    """

    matches: Matches
    fault: Fault
    times: int | None = None
    spared: int = 0
    chance: float = 1.0
    met: list[str] = field(default_factory=list)

    def takes(self, call: Call, dice: random.Random) -> bool:
        if (self.times is not None and len(self.met) >= self.times) or not self.matches(call):
            return False
        if self.spared:
            self.spared -= 1
            return False
        return dice.random() < self.chance


class Proxy:
    """A running proxy. A context manager; leaving it stops it.

    Args:
        stand_ins: by service, who answers in the emulator's place.
    """

    def __init__(self, emulator_port: int, stand_ins: Mapping[str, Callable[[Call], Reply]], seed: int = 0) -> None:
        self.stand_ins = stand_ins
        self.callers: Mapping[str, str] = {}
        self.injected: Counter[str] = Counter()
        self._rules: list[Rule] = []
        self._dice = random.Random(seed)
        self._lock = Lock()
        self._server = _Server((HOST, 0), partial(_Handler, self, emulator_port))

    def __enter__(self) -> "Proxy":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}"

    @contextmanager
    def rule(
        self, matches: Matches, fault: Fault, times: int | None = None, *, spared: int = 0, chance: float = 1.0
    ) -> Iterator[Rule]:
        """Let a rule hold for a while."""
        rule = Rule(matches, fault, times, spared, chance)
        with self._lock:
            self._rules.append(rule)
        try:
            yield rule
        finally:
            with self._lock:
                self._rules.remove(rule)

    def fault_for(self, call: Call) -> Fault | None:
        with self._lock:
            for rule in self._rules:
                if rule.takes(call, self._dice):
                    rule.met.append(call.name)
                    self.injected[f"{getattr(rule.fault, '__name__', 'fault')} {call.service}"] += 1
                    return rule.fault
        return None


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, proxy: Proxy, emulator_port: int, *arguments: object) -> None:
        self._proxy = proxy
        self._port = emulator_port
        super().__init__(*arguments)  # type: ignore[arg-type]

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, body, self._proxy.callers)
        fault = self._proxy.fault_for(call)
        forward = partial(self._proxy.stand_ins.get(call.service, self._forward), call)
        reply = fault(call, forward) if fault else forward()
        if reply is None:
            self._break()
        else:
            self._answer(reply)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve  # noqa: N815  (names that http.server looks for)

    def _forward(self, call: Call) -> Reply:
        connection = HTTPConnection(HOST, self._port, timeout=_PATIENCE)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in ("connection", "expect"):
                    connection.putheader(name, value)
            connection.endheaders(call.body)
            answer = connection.getresponse()
            headers = tuple((name, value) for name, value in answer.getheaders() if name.lower() not in _HOP)
            return Reply(answer.status, headers, answer.read())
        except (OSError, HTTPException):
            return Reply(502, (), b"")
        finally:
            connection.close()

    def _answer(self, reply: Reply) -> None:
        head = [f"HTTP/1.1 {reply.status} -", *(f"{name}: {value}" for name, value in reply.headers)]
        head.append(f"Content-Length: {len(reply.body)}")
        with suppress(OSError):  # the caller may have given up
            self.wfile.write("\r\n".join([*head, "", ""]).encode("latin-1") + reply.body)

    def _break(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nothing: there are thousands."""
