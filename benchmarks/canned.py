"""DynamoDB's answers without DynamoDB: one customer or agent, one ticket, for ever the same."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from helpdesk.model.account import token_id
from helpdesk.model.people import Customer, Kind, Role, Session, StaffMember
from helpdesk.store import customers, sessions, staff
from helpdesk.store.codec import Item
from helpdesk.store.table import Table, Write

CUSTOMER_TOKEN, AGENT_TOKEN = "customer", "agent"
NOBODY = Table(None, "unused")
NOW = datetime.now(UTC)
SARA = Customer("01ARZ3NDEKTSV4RRFFQ69G5FAV", "+989120000001", "سارا محمدی", "fa", NOW)
REZA = StaffMember("01ARZ3NDEKTSV4RRFFQ69G5FAW", "reza@desk.example", "رضا کریمی", Role.ADMIN, (), True, NOW)


def _item(write: Write) -> Item:
    item: Item = write.request["Put"]["Item"]
    return item


def _session(token: str, kind: Kind, account_id: str, name: str, role: Role | None = None) -> Item:
    session = Session(token_id(token), kind, account_id, name, "fa", NOW, NOW, NOW + timedelta(hours=1), role)
    return _item(sessions.creation(NOBODY, session))


ITEMS = [
    _session(CUSTOMER_TOKEN, Kind.CUSTOMER, SARA.id, SARA.name),
    _session(AGENT_TOKEN, Kind.AGENT, REZA.id, REZA.name, REZA.role),
    _item(customers.creation(NOBODY, SARA)),
    _item(staff.creation(NOBODY, REZA)),
]


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
