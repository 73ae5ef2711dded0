"""docs/data-care.md says for how long everything is kept: the code and the template hold to it."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.edge.rules import load_rules
from helpdesk.model import account, attachment, export, session_rules
from helpdesk.model.delivery import Channel, DeliveryState, LedgerEntry
from helpdesk.model.event import Event, EventType
from helpdesk.model.people import Kind, Role, Session
from helpdesk.store import challenges, deliveries, events, exports, idempotency, sessions, staff_access
from helpdesk.store.table import Table, Write
from tests.contract.stack_template import resources
from tests.support.template import ROOT, TABLES, load_template

PAGE = (ROOT / "docs" / "data-care.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip(" `") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")
]
SAID = {held_by: ends for _, ends, held_by in ROWS[1:] if held_by and held_by != "---"}
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def _rules_of(bucket: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = resources()[bucket]["Properties"]["LifecycleConfiguration"]["Rules"]
    return found


def _quarantine() -> timedelta:
    (rule,) = [rule for rule in _rules_of("UploadsBucket") if "ExpirationInDays" in rule]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": rule["ExpirationInDays"]}
    return timedelta(days=rule["ExpirationInDays"])


def _exported_files() -> timedelta:
    (rule,) = [rule for rule in _rules_of("FilesBucket") if "ExpirationInDays" in rule]
    assert export.export_key("x").startswith(rule["Prefix"])
    return timedelta(days=rule["ExpirationInDays"])


def _retention_of(suffix: str) -> timedelta:
    queues = [queue for name, queue in resources("AWS::SQS::Queue").items() if name.endswith(suffix)]
    (seconds,) = {queue["Properties"]["MessageRetentionPeriod"] for queue in queues}
    return timedelta(seconds=seconds)


def _logs() -> timedelta:
    groups = resources("AWS::Logs::LogGroup").values()
    assert {str(group["Properties"]["RetentionInDays"]) for group in groups} == {"{'Ref': 'LogRetentionDays'}"}
    return timedelta(days=load_template()["Parameters"]["LogRetentionDays"]["Default"])


def _backups() -> timedelta:
    """DynamoDB's own window where the template does not choose another."""
    chosen = [resources()[name]["Properties"]["PointInTimeRecoverySpecification"] for name in TABLES.values()]
    assert chosen == [{"PointInTimeRecoveryEnabled": True}] * len(TABLES)
    return timedelta(days=35)


HELD: Mapping[str, Callable[[], timedelta]] = {
    "session_rules.ABSOLUTE[customer]": lambda: session_rules.ABSOLUTE[Kind.CUSTOMER],
    "session_rules.ABSOLUTE[agent]": lambda: session_rules.ABSOLUTE[Kind.AGENT],
    "account.CHALLENGE_LIFETIME": lambda: account.CHALLENGE_LIFETIME,
    "account.SIGN_IN_LIFETIME": lambda: account.SIGN_IN_LIFETIME,
    "account.INVITATION_LIFETIME": lambda: account.INVITATION_LIFETIME,
    "idempotency.LIFETIME": lambda: idempotency.LIFETIME,
    "desk.toml quotas": lambda: timedelta(seconds=max(quota.seconds for quota in load_rules().quotas.values())),
    "deliveries.LIFETIME": lambda: deliveries.LIFETIME,
    "events.LONE_LIFETIME": lambda: events.LONE_LIFETIME,
    "UploadsBucket lifecycle": _quarantine,
    "attachment.UNLINKED_LIFETIME": lambda: attachment.UNLINKED_LIFETIME,
    "export.LIFETIME": lambda: export.LIFETIME,
    "FilesBucket lifecycle exports/": _exported_files,
    "…Queue retention": lambda: _retention_of("Queue"),
    "…DeadLetters retention": lambda: _retention_of("DeadLetters"),
    "LogRetentionDays default": _logs,
    "point-in-time recovery": _backups,
}


def test_every_line_is_held_by_something_and_the_other_way_round() -> None:
    assert set(SAID) == set(HELD)


@pytest.mark.parametrize("held_by", HELD)
def test_what_is_held_is_what_the_page_says(held_by: str) -> None:
    said = re.fullmatch(r"(\d+) (day|hour|minute)s?", SAID[held_by])
    assert said
    assert timedelta(**{f"{said[2]}s": int(said[1])}) == HELD[held_by]()


_TABLE = Table(None, "any")
_ENDS = NOW + timedelta(minutes=7)
_CHALLENGE = account.Challenge(
    "c", account.Purpose.PASSWORD_RESET, "+989121234567", account.Delivery.CODE, "", NOW, _ENDS
)
WRITES: Mapping[str, tuple[Write, datetime]] = {
    "session": (sessions.creation(_TABLE, Session("s", Kind.CUSTOMER, "a", "n", "fa", NOW, NOW, _ENDS)), _ENDS),
    "challenge": (challenges.creation(_TABLE, _CHALLENGE), _ENDS),
    "sending of a code": (challenges.sending(_TABLE, _CHALLENGE, timedelta(), NOW), _ENDS),
    "sign-in of staff": (
        staff_access.challenge_creation(_TABLE, account.SignInChallenge("c", "a", "a@b.example", _ENDS)),
        _ENDS,
    ),
    "invitation": (
        staff_access.invitation_creation(_TABLE, account.Invitation("i", "a@b.example", Role.AGENT, (), _ENDS)),
        _ENDS,
    ),
    "answer": (
        idempotency.creation(_TABLE, idempotency.Attempt("a", "k", "f"), _CHALLENGE, NOW),
        NOW + idempotency.LIFETIME,
    ),
    "ledger": (
        deliveries.take(_TABLE, LedgerEntry("e", Channel.SMS, "a", "1", DeliveryState.SENT, NOW)),
        NOW + deliveries.LIFETIME,
    ),
    "event of no ticket": (
        events.creation(_TABLE, Event.without_ticket("e", EventType.ATTACHMENT_REFUSED, NOW, "a", {}), 0),
        NOW + events.LONE_LIFETIME,
    ),
    "export": (
        exports.creation(_TABLE, export.Export("x", "2026-11-01", "2026-11-02", "fa", "a", NOW)),
        NOW + export.LIFETIME,
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_ends_is_written_with_its_end(name: str) -> None:
    write, end = WRITES[name]
    assert write.request["Put"]["Item"]["expires_at"] == {"N": str(int(end.timestamp()))}


@pytest.mark.parametrize("table", TABLES.values())
def test_every_table_deletes_what_has_ended(table: str) -> None:
    ttl = resources()[table]["Properties"]["TimeToLiveSpecification"]
    assert ttl == {"AttributeName": "expires_at", "Enabled": True}
