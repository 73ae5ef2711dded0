"""An SMS gateway on this machine that behaves well, or for some numbers as it is told."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from threading import Lock, Thread
from urllib.parse import parse_qs

from local.emulator import HOST

LONGER_THAN_WE_WAIT = 5.5

type Answer = tuple[int, bytes] | None
"""Status and body; None closes the connection without a word."""

type Behaviour = Callable[[], Answer]


def good() -> Answer:
    return 200, json.dumps({"return": {"status": 200}, "entries": [{"messageid": time.time_ns()}]}).encode()


def times_out() -> Answer:
    time.sleep(LONGER_THAN_WE_WAIT)
    return good()


def fails() -> Answer:
    return 500, b"Internal Server Error"


def refuses_in_the_body() -> Answer:
    return 200, json.dumps({"return": {"status": 411, "message": "invalid receptor"}}).encode()


def is_out_of_credit() -> Answer:
    return 200, json.dumps({"return": {"status": 418, "message": "no credit"}}).encode()


def is_in_trouble() -> Answer:
    return 200, json.dumps({"return": {"status": 409, "message": "try later"}}).encode()


def talks_nonsense() -> Answer:
    return 200, b"\xff\x00<html>welcome to the captive portal"


def hangs_up() -> Answer:
    return None


@dataclass
class SmsGateway:
    """A running gateway. A context manager; leaving it stops it.

    Args:
        taken: texts by number, oldest first, for which it had the whole request.
        accepted: how many of them it said yes to, and would send.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    accepted: int = 0
    _orders: dict[str, Behaviour] = field(default_factory=dict)
    _mood: Callable[[], Behaviour] = field(default=lambda: good)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer((HOST, 0), partial(_Handler, self))
        self._server.daemon_threads = True

    def __enter__(self) -> "SmsGateway":
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self._server.server_port}/v1/{{key}}/sms/send.json"

    @contextmanager
    def behaving(self, orders: Mapping[str, Behaviour]) -> Iterator[None]:
        """Behave so at the first message to each of these canonical numbers, and well again afterwards."""
        with self._lock:
            self._orders |= {_national(phone): behaviour for phone, behaviour in orders.items()}
        try:
            yield
        finally:
            with self._lock:
                self._orders.clear()

    @contextmanager
    def in_moods(self, weights: Mapping[Behaviour, int], dice: Random) -> Iterator[None]:
        """Behave at each message as the dice fall."""
        self._mood = lambda: dice.choices([*weights], [*weights.values()])[0]
        try:
            yield
        finally:
            self._mood = lambda: good

    def to(self, phone: str) -> list[str]:
        """Texts for a canonical number."""
        return [text for to, text in list(self.taken) if to == _national(phone)]

    def take(self, form: bytes) -> Answer:
        fields = parse_qs(form.decode())
        with self._lock:
            self.taken.append((fields["receptor"][0], fields["message"][0]))
            behaviour = self._orders.pop(fields["receptor"][0], None) or self._mood()
            self.accepted += behaviour is good
        return behaviour()


def _national(phone: str) -> str:
    return f"0{phone.removeprefix('+98')}"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, gateway: SmsGateway, *arguments: object) -> None:
        self._gateway = gateway
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        answer = self._gateway.take(self.rfile.read(int(self.headers["Content-Length"])))
        if answer is None:
            return
        status, body = answer
        try:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # whoever asked has given up, or was killed
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Nothing: the tests look at what was taken."""
