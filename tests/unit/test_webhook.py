"""Whom we call, and whom never."""

import hmac
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from helpdesk.aws.webhooks import is_public
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Kind
from helpdesk.model.webhook import Webhook

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WEBHOOK = Webhook("crm", "https://crm.example/hook", "a secret", enabled=True, created_at=NOW)
ACTOR = Actor(Kind.CUSTOMER, "sara", "سارا")
OPENED = Event("e", EventType.TICKET_OPENED, NOW, "4821937057", "sara", "credit", "normal", ACTOR, "")


@pytest.mark.parametrize("address", ["8.8.8.8", "185.143.233.1", "2001:4860:4860::8888", "2a02:26f0::1"])
def test_the_internet_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "169.254.170.2",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_our_own_network_may_not_be_called(address: str) -> None:
    assert not is_public(address)


def test_a_signature_is_that_of_time_and_body() -> None:
    expected = hmac.new(b"a secret", b"1795392000.{}", sha256).hexdigest()

    assert WEBHOOK.signature(1795392000, "{}") == expected


@pytest.mark.parametrize(
    ("secret", "timestamp", "body"), [("b", 1, "{}"), ("a secret", 2, "{}"), ("a secret", 1, "{ }")]
)
def test_another_secret_time_or_body_has_another_signature(secret: str, timestamp: int, body: str) -> None:
    assert replace(WEBHOOK, secret=secret).signature(timestamp, body) != WEBHOOK.signature(1, "{}")


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, True),
        ({"event_types": (EventType.TICKET_OPENED,)}, True),
        ({"event_types": (EventType.TICKET_CLOSED,)}, False),
        ({"enabled": False}, False),
    ],
)
def test_a_subscriber_chooses_its_events(changes: dict[str, object], wanted: bool) -> None:
    assert replace(WEBHOOK, **changes).wants(OPENED) is wanted  # type: ignore[arg-type]
