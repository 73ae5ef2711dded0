"""Administrators read the audit trail; nobody writes it by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from helpdesk.aws import clients
from helpdesk.model.audit import Act, AuditEntry, acted
from helpdesk.model.errors import BusyError
from helpdesk.model.people import Actor, Kind, Role
from helpdesk.store import audit, keys
from tests.functional.conftest import Aws, Client, SignIn

NOON = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)  # in Tehran
NIMA, OMID = (Actor(Kind.AGENT, name, name) for name in ("nima", "omid"))
DAY = timedelta(days=1)


@pytest.fixture
def admin(agent: SignIn) -> Client:
    return agent("مدیر", Role.ADMIN, ())


@pytest.fixture
def queries(admin: Client) -> Iterator[list[str]]:
    """The requests to DynamoDB, by operation."""
    seen: list[str] = []
    events = clients.dynamodb().meta.events

    def note(model: Any, **_: object) -> None:
        seen.append(model.name)

    events.register("before-call.dynamodb", note)
    yield seen
    events.unregister("before-call.dynamodb", note)


def _written(aws: Aws, *entries: AuditEntry) -> list[str]:
    desk = aws.table("desk")
    for entry in entries:
        desk.commit([audit.record(desk, entry)])
    return [entry.id for entry in entries]


def _signed_in(actor: Actor, at: datetime) -> AuditEntry:
    return acted(actor, Act.SIGNED_IN, actor.id, at, address="198.51.100.8")


def _ids(client: Client, **query: str) -> list[str]:
    answer = client("GET", "/audit", query=query)
    assert answer.status == 200, answer.body
    return [entry["id"] for entry in answer.body["items"]]


def test_the_trail_comes_newest_first_page_by_page_one_query_each(admin: Client, aws: Aws, queries: list[str]) -> None:
    ids = _written(aws, *(_signed_in(NIMA, NOON + timedelta(minutes=n)) for n in range(5)))
    queries.clear()

    found: list[str] = []
    query: dict[str, str] = {}
    for _ in range(3):
        page = admin("GET", "/audit", query={"limit": "2", **query}).body
        found += [entry["id"] for entry in page["items"]]
        query = {"cursor": page["next_cursor"]}

    assert found == ids[::-1]
    assert query == {"cursor": None}
    assert queries == ["GetItem", "Query"] * 3


def test_an_entry_tells_who_did_what_to_whom(admin: Client, aws: Aws) -> None:
    (entry_id,) = _written(aws, _signed_in(NIMA, NOON))

    assert admin("GET", "/audit").body["items"] == [
        {
            "id": entry_id,
            "at": "2026-11-20T08:30:00Z",
            "act": "signed_in",
            "actor": {"id": "nima", "name": "nima"},
            "subject": "nima",
            "details": {"address": "198.51.100.8"},
        }
    ]


def test_the_trail_of_one_actor_and_of_local_days_is_found(admin: Client, aws: Aws) -> None:
    first, second, third = _written(
        aws, _signed_in(NIMA, NOON), _signed_in(OMID, NOON + DAY), _signed_in(NIMA, NOON + 2 * DAY)
    )

    assert _ids(admin, actor="nima") == [third, first]
    assert _ids(admin, actor="nobody") == []
    assert _ids(admin, **{"from": "2026-11-21"}) == [third, second]
    assert _ids(admin, to="2026-11-21") == [second, first]
    assert _ids(admin, **{"from": "2026-11-21", "to": "2026-11-21"}) == [second]
    assert _ids(admin, actor="nima", **{"from": "2026-11-21"}) == [third]
    assert _ids(admin, **{"from": "0001-01-01", "to": "9999-12-31"}) == [third, second, first]


def test_a_day_ends_at_midnight_in_tehran(admin: Client, aws: Aws) -> None:
    before, _ = _written(
        aws,
        _signed_in(NIMA, datetime(2026, 11, 20, 20, 29, 59, tzinfo=UTC)),
        _signed_in(NIMA, datetime(2026, 11, 20, 20, 30, tzinfo=UTC)),
    )

    assert _ids(admin, to="2026-11-20") == [before]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2026-11-22", "to": "2026-11-21"}, "to"),
        ({"from": "yesterday"}, "from"),
        ({"to": "0"}, "to"),
        ({"actor": ""}, "actor"),
        ({"limit": "101"}, "limit"),
    ],
)
def test_a_bad_query_is_named(admin: Client, query: dict[str, str], field: str) -> None:
    answer = admin("GET", "/audit", query=query)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])


def test_a_cursor_serves_one_query_alone(admin: Client, aws: Aws) -> None:
    _written(aws, *(_signed_in(NIMA, NOON + timedelta(minutes=n)) for n in range(2)))
    cursor = admin("GET", "/audit", query={"limit": "1"}).body["next_cursor"]

    assert admin("GET", "/audit", query={"limit": "1", "actor": "nima", "cursor": cursor}).status == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_route_changes_the_trail(admin: Client, aws: Aws, method: str) -> None:
    (entry_id,) = _written(aws, _signed_in(NIMA, NOON))

    assert [admin(method, path).status for path in ("/audit", f"/audit/{entry_id}")] == [404, 404]
    assert _ids(admin) == [entry_id]


def test_an_entry_that_stands_there_is_not_written_over(aws: Aws) -> None:
    desk, entry = aws.table("desk"), _signed_in(NIMA, NOON)
    _written(aws, entry)

    with pytest.raises(BusyError):
        desk.commit([audit.record(desk, entry)])


def test_the_acts_of_the_desk_are_written_down(agent: SignIn, admin: Client, aws: Aws) -> None:
    boss = agent("سرپرست", Role.SUPERVISOR, ())
    assert boss.session
    reply = boss("POST", "/canned-replies", {"title": "سلام", "body": "سلام"}).body["id"]
    boss("PATCH", f"/canned-replies/{reply}", {"title": "درود", "topic": "credit"})
    boss("DELETE", f"/canned-replies/{reply}")
    export = boss("POST", "/reports/exports", {"from": "2026-11-23", "to": "2026-11-23"}).body["id"]
    _finish(aws, export)
    boss("GET", f"/reports/exports/{export}")

    found = admin("GET", "/audit").body["items"]

    assert {entry["actor"]["id"] for entry in found} == {boss.session.account_id}
    assert {(entry["act"], entry["subject"]) for entry in found} == {
        ("canned_reply_added", reply),
        ("canned_reply_changed", reply),
        ("canned_reply_removed", reply),
        ("export_asked", export),
        ("export_fetched", export),
    }
    details = {entry["act"]: entry["details"] for entry in found}
    assert details["canned_reply_changed"] == {"title": "سلام → درود", "topic": "None → credit"}
    assert details["export_fetched"] == {"period": "2026-11-23 to 2026-11-23"}


def test_the_acts_on_webhooks_are_written_down_without_their_secrets(admin: Client, aws: Aws) -> None:
    made = admin("POST", "/webhooks", {"url": "https://127.0.0.1.invalid/hook"}).body
    hook = made["id"]
    admin("PATCH", f"/webhooks/{hook}", {"enabled": False})
    another = admin("POST", f"/webhooks/{hook}/secret").body["secret"]
    admin("POST", f"/webhooks/{hook}/resume")
    admin("DELETE", f"/webhooks/{hook}")

    found = admin("GET", "/audit").body["items"]

    assert sorted(entry["act"] for entry in found) == [
        "webhook_added",
        *["webhook_changed"] * 3,
        "webhook_removed",
    ]
    assert {entry["subject"] for entry in found} == {hook}
    assert not any(secret in str(found) for secret in (made["secret"], another))


def _finish(aws: Aws, export_id: str) -> None:
    aws.dynamodb.update_item(
        TableName="desk",
        Key=keys.export(export_id),
        UpdateExpression="SET #state = :done",
        ExpressionAttributeNames={"#state": "state"},
        ExpressionAttributeValues={":done": {"S": "done"}},
    )
