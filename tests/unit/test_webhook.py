"""Whom we call, and whom never."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from helpdesk.actions.deliver_webhook import signed_call
from helpdesk.aws.retry_queue import delay_seconds
from helpdesk.aws.webhooks import is_public, refuse_bad_url
from helpdesk.model.errors import InvalidError
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Actor, Kind
from helpdesk.model.vault import Vault
from helpdesk.model.webhook import BOTH_SECRETS, Failure, Webhook, new_secret, signature
from tests.support.template import ROOT

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MOMENT = timedelta(milliseconds=1)
WEBHOOK = Webhook("crm", "https://crm.example/hook", "sealed", NOW)
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
        "::10.0.0.1",
        "fec0::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_our_own_network_may_not_be_called(address: str) -> None:
    assert not is_public(address)


def test_a_signature_is_that_of_time_and_body() -> None:
    expected = hmac.new(b"a secret", b"1795392000.{}", sha256).hexdigest()

    assert signature(["a secret"], 1795392000, "{}") == f"sha256={expected}"


@pytest.mark.parametrize(
    ("secret", "timestamp", "body"), [("b", 1, "{}"), ("a secret", 2, "{}"), ("a secret", 1, "{ }")]
)
def test_another_secret_time_or_body_has_another_signature(secret: str, timestamp: int, body: str) -> None:
    assert signature([secret], timestamp, body) != signature(["a secret"], 1, "{}")


@pytest.mark.parametrize(
    ("event_types", "wanted"), [((), True), ((EventType.TICKET_OPENED,), True), ((EventType.TICKET_CLOSED,), False)]
)
def test_a_subscriber_chooses_its_events(event_types: tuple[str, ...], wanted: bool) -> None:
    assert replace(WEBHOOK, event_types=event_types).wants(OPENED) is wanted


def test_after_a_rotation_both_secrets_are_valid_for_a_day() -> None:
    rotated = WEBHOOK.rotated("new", NOW)

    assert rotated.valid_secrets(NOW + BOTH_SECRETS - MOMENT) == ("new", "sealed")
    assert rotated.valid_secrets(NOW + BOTH_SECRETS) == ("new",)


def test_a_secret_is_long_and_never_the_same() -> None:
    assert len({new_secret() for _ in range(100)}) == 100
    assert min(len(new_secret()) for _ in range(100)) >= 43


def _failed(webhook: Webhook, times: int, *, for_good: bool = False) -> Webhook:
    for number in range(times):
        failure = Failure(NOW, str(number), "status_500")
        webhook = webhook.failed(failure, 20, for_good=for_good)
    return webhook


@pytest.mark.parametrize(("times", "reason"), [(19, None), (20, "paused")])
def test_too_many_failures_in_a_row_pause_a_subscriber(times: int, reason: str | None) -> None:
    assert _failed(WEBHOOK, times).reason_against == reason


def test_one_that_wants_no_more_calls_is_paused_at_once() -> None:
    assert _failed(WEBHOOK, 1, for_good=True).reason_against == "paused"


def test_the_newest_ten_failures_are_kept() -> None:
    kept = [failure.event_id for failure in _failed(WEBHOOK, 12).last_failures]

    assert kept == [str(number) for number in range(11, 1, -1)]


def test_a_resumed_subscriber_has_a_clean_slate_and_the_record_of_what_failed() -> None:
    resumed = _failed(WEBHOOK, 20).resumed()

    assert (resumed.reason_against, resumed.failures, len(resumed.last_failures)) == (None, 0, 10)


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example/hook",
        "https://",
        "https:///hook",
        "https://user:secret@crm.example/",
        "https://crm.example:99999/",
        "https://[::1",
        "crm.example",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_plain_https_address_is_not_taken(url: str) -> None:
    with pytest.raises(InvalidError):
        refuse_bad_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "https://localhost/",
        "https://a.localhost/",
    ],
)
def test_an_address_inside_is_not_taken(url: str) -> None:
    with pytest.raises(InvalidError):
        refuse_bad_url(url)


@pytest.mark.parametrize("url", ["https://crm.example/hook?key=1", "https://crm.example:8443/", "https://8.8.8.8/"])
def test_an_address_of_the_internet_is_taken(url: str) -> None:
    refuse_bad_url(url)


@pytest.mark.parametrize(("received", "seconds"), [(1, 30), (2, 60), (3, 120), (7, 1920), (8, 3600), (40, 3600)])
def test_each_retry_waits_twice_as_long_as_the_one_before(received: int, seconds: int) -> None:
    assert delay_seconds(received) == seconds


@pytest.fixture
def verify() -> Callable[[Mapping[str, str], bytes, str], bool]:
    """The example of docs/webhooks.md."""
    example = (
        (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0]
    )
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102  (our own page)
    found: Callable[[Mapping[str, str], bytes, str], bool] = names["is_from_poshtiban"]
    return found


def _headers(sealed: Vault, webhook: Webhook, at: datetime) -> Mapping[str, str]:
    return signed_call(sealed, webhook, "e", '{"a":"سلام"}', at).headers


def test_the_documented_check_takes_our_calls_and_no_others(
    verify: Callable[[Mapping[str, str], bytes, str], bool],
) -> None:
    vault, now = Vault(["key"]), datetime.now(UTC)
    body = '{"a":"سلام"}'.encode()
    first = replace(WEBHOOK, sealed_secret=vault.seal("first"))
    both = first.rotated(vault.seal("second"), now)

    assert verify(_headers(vault, first, now), body, "first")
    assert all(verify(_headers(vault, both, now), body, secret) for secret in ("first", "second"))
    assert not verify(_headers(vault, first, now), body, "second")
    assert not verify(_headers(vault, first, now), body + b" ", "first")
    assert not verify(_headers(vault, first, now - timedelta(minutes=6)), body, "first")
