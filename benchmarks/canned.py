"""DynamoDB's answers without DynamoDB, for a function in a process of its own."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.scene import PEOPLE_ITEMS, SESSION_ITEMS

ITEMS = [*SESSION_ITEMS, *PEOPLE_ITEMS]


def _answer(operation: str, request: Mapping[str, Any]) -> dict[str, Any]:
    if operation != "GetItem":
        return {"Items": [], "Count": 0, "ScannedCount": 0}
    key = request["Key"].items()
    return {"Item": next(item for item in ITEMS if key <= item.items())}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps(_answer(self.headers["X-Amz-Target"].rpartition(".")[2], request)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def canned_dynamodb() -> Iterator[str]:
    """Serve the answers on this machine; yields the address. Any table has any item; every query finds nothing."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
