"""How subscribers are called: by https, at the very address that was looked at, and not for long."""

import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import Message
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from helpdesk.aws.webhooks import Delivery, WebhookClient
from helpdesk.model.delivery import NotSentError, RefusedError
from helpdesk.model.queue_body import event_body
from helpdesk.model.webhook import Webhook
from helpdesk.store import keys
from helpdesk.store.codec import to_item
from tests.functional.backstage.conftest import OPENED, Backstage

HOST = "hooks.example"
HEADERS = {"Poshtiban-Event": "event", "Content-Type": "application/json"}


class Subscriber(HTTPServer):
    """Answers every POST with `status`."""

    status = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.requests: list[tuple[str, str, str, bytes]] = []
        self.headers: list[Message] = []


class _Answer(BaseHTTPRequestHandler):
    server: Subscriber

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, self.headers["Host"], self.headers["Poshtiban-Event"], body))
        self.server.headers.append(self.headers)
        self.send_response(self.server.status)
        self.send_header("Location", "https://169.254.169.254/latest/meta-data")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the key and the certificate of hooks.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "hooks.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def subscriber(certificate: Path) -> Iterator[Subscriber]:
    """A subscriber on this machine, called hooks.example."""
    server = Subscriber()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(certificate: Path) -> WebhookClient:
    """Finds every host on this machine, and may call it."""
    return WebhookClient(lambda *_: ["127.0.0.1"], lambda _: True, str(certificate))


def _to(subscriber: Subscriber, host: str = HOST) -> Delivery:
    return Delivery(f"https://{host}:{subscriber.server_port}/desk?from=us", '{"a":"سلام"}', HEADERS)


def test_a_call_goes_to_the_address_found_under_the_name_it_was_found_by(
    subscriber: Subscriber, client: WebhookClient
) -> None:
    assert client.post(_to(subscriber)) == "204"

    host = f"{HOST}:{subscriber.server_port}"
    assert subscriber.requests == [("/desk?from=us", host, "event", '{"a":"سلام"}'.encode())]


def test_somebody_else_at_that_address_gets_nothing(subscriber: Subscriber, client: WebhookClient) -> None:
    with pytest.raises(NotSentError, match="SSLError"):
        client.post(_to(subscriber, "other.example"))

    assert subscriber.requests == []


@pytest.mark.parametrize("status", [301, 307, 400, 404, 500, 503])
def test_without_a_success_it_is_to_be_tried_again_and_redirections_lead_nowhere(
    subscriber: Subscriber, client: WebhookClient, status: int
) -> None:
    subscriber.status = status

    with pytest.raises(NotSentError, match=f"status_{status}"):
        client.post(_to(subscriber))

    assert len(subscriber.requests) == 1


def test_a_subscriber_that_is_gone_is_called_no_more(subscriber: Subscriber, client: WebhookClient) -> None:
    subscriber.status = 410

    with pytest.raises(RefusedError, match="gone"):
        client.post(_to(subscriber))


def test_an_address_inside_is_refused_before_anything_is_sent(subscriber: Subscriber, certificate: Path) -> None:
    client = WebhookClient(lambda *_: ["127.0.0.1"], ca_certs=str(certificate))

    with pytest.raises(RefusedError, match="address"):
        client.post(_to(subscriber))

    assert subscriber.requests == []


def test_one_address_inside_among_others_is_enough_to_refuse(subscriber: Subscriber, certificate: Path) -> None:
    client = WebhookClient(lambda *_: ["8.8.8.8", "10.0.0.1"], ca_certs=str(certificate))

    with pytest.raises(RefusedError, match="address"):
        client.post(_to(subscriber))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/",
        "ftp://hooks.example/",
        "hooks.example/",
        "https://user:secret@hooks.example/",
        "https://",
        "https://hooks.example:99999/",
        "https://hooks.example:22/",
        "https://hooks.example\\@127.0.0.1/",
        "https://exämple.com/",
        "https://hooks.example:465/",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_url_that_is_no_plain_https_address_is_refused(client: WebhookClient, url: str) -> None:
    with pytest.raises(RefusedError, match="url"):
        client.post(Delivery(url, "{}", HEADERS))


def test_nobody_listening_is_to_be_tried_again(subscriber: Subscriber, client: WebhookClient) -> None:
    closed = HTTPServer(("127.0.0.1", 0), _Answer)
    port = closed.server_port
    closed.server_close()

    with pytest.raises(NotSentError):
        client.post(Delivery(f"https://{HOST}:{port}/", "{}", HEADERS))

    assert subscriber.requests == []


def _is_signed(subscriber: Subscriber, call: int, secret: str) -> bool:
    """As a subscriber finds out, by docs/webhooks.md alone."""
    headers, body = subscriber.headers[call], subscriber.requests[call][3]
    signed = headers["Poshtiban-Timestamp"].encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, sha256).hexdigest()
    given = [part.partition("=")[2] for part in headers["Poshtiban-Signature"].split(",")]
    return any(hmac.compare_digest(expected, one) for one in given)


def test_a_live_subscriber_checks_the_event_with_either_secret_while_they_change(
    backstage: Backstage, subscriber: Subscriber, client: WebhookClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, now = backstage.function("webhook_sender"), datetime.now(UTC)
    monkeypatch.setattr(sender, "board", replace(sender.board, client=client))
    seal, body = sender.board.vault.seal, event_body(OPENED)
    webhook = Webhook("crm", f"https://{HOST}:{subscriber.server_port}/hook", seal("first"), now - timedelta(days=2))
    rotated = webhook.rotated(seal("second"), now)
    past = webhook.rotated(seal("second"), now - timedelta(hours=25))

    for n, standing in enumerate((webhook, rotated, past)):
        item = {**keys.webhook("crm"), **to_item(standing)}
        backstage.aws.dynamodb.put_item(TableName="desk", Item=item)
        assert backstage.tell("webhook_sender", event_body(replace(OPENED, id=f"{n}"))) == []

    assert json.loads(subscriber.requests[0][3])["ticket_number"] == json.loads(body)["ticket_number"]
    found = [[_is_signed(subscriber, call, secret) for secret in ("first", "second", "other")] for call in range(3)]
    assert found == [[True, False, False], [True, True, False], [False, True, False]]
