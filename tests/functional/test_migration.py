"""`make migrate`: old notifications get their subject while live code goes on."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from helpdesk.model.event import EventType
from helpdesk.store import inbox, keys
from helpdesk.store.codec import encode
from operations import migrate as program
from operations.migrating import runner
from operations.migrating.notification_subjects import step
from operations.migrating.runner import Progress, count, find_progress, migrate
from tests.functional.conftest import Aws, Client, SignIn

NAME, PACE = "notification-subjects", 10.0
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": "ثبت نشده است."}


@pytest.fixture
def sara(aws: Aws, customer: SignIn, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A customer with five notifications, four of them from before they had a subject; pages are of three items."""
    monkeypatch.setattr(runner, "_PAGE", 3)
    client, desk = customer(), aws.table("desk")
    assert client.session
    number = client("POST", "/tickets", TICKET, key="one").body["number"]
    for n in range(5):
        notification = inbox.Notification(f"01KB8R2M7X000000000000000{n}", EventType.TICKET_ANSWERED, number, NOW, "نو")
        desk.commit(inbox.creation(desk, client.session.account_id, notification))
        if n:
            key = keys.notification(client.session.account_id, notification.id)
            aws.dynamodb.update_item(TableName="desk", Key=key, UpdateExpression="REMOVE subject")
    return client


def _subjects(client: Client) -> list[str]:
    return [item["subject"] for item in client("GET", "/notifications").body["items"]]


def _run(aws: Aws, slept: Callable[[float], None] = lambda _: None) -> Progress:
    desk = aws.table("desk")
    progress = begun = find_progress(desk, NAME) or Progress(NOW)
    for progress in migrate(desk, NAME, step, begun, PACE, lambda: NOW, slept):
        assert find_progress(desk, NAME) == progress
    return progress


def test_new_code_reads_old_items_and_the_migration_gives_them_the_new_form(aws: Aws, sara: Client) -> None:
    assert _subjects(sara) == ["", "", "", "", "نو"]

    progress = _run(aws)

    assert _subjects(sara) == ["قسط دوم"] * 4 + ["نو"]
    assert (progress.changed, progress.done_at) == (4, NOW)


class _KilledError(Exception):
    pass


@pytest.mark.parametrize("after", [1, 6, 11])
def test_a_migration_that_was_killed_goes_on(aws: Aws, sara: Client, after: int) -> None:
    requests = iter(range(after))

    def kill(**_: object) -> None:
        if next(requests, None) is None:
            raise _KilledError

    aws.dynamodb.meta.events.register("before-call", kill)
    with pytest.raises(_KilledError):
        _run(aws)
    aws.dynamodb.meta.events.unregister("before-call", kill)

    assert _run(aws).done_at == NOW

    assert _subjects(sara) == ["قسط دوم"] * 4 + ["نو"]


def test_what_live_code_writes_in_between_stands(aws: Aws, sara: Client) -> None:
    def live(desk: Any, item: Any) -> Any:
        write = step(desk, item)
        if write:
            values = {":live": encode("زنده")}
            key = {"pk": item["pk"], "sk": item["sk"]}
            aws.dynamodb.update_item(
                TableName="desk", Key=key, UpdateExpression="SET subject = :live", ExpressionAttributeValues=values
            )
        return write

    (*_, progress) = migrate(aws.table("desk"), NAME, live, Progress(NOW), PACE, lambda: NOW, lambda _: None)

    assert progress.changed == 0
    assert _subjects(sara) == ["زنده"] * 4 + ["نو"]


def test_twice_changes_nothing(aws: Aws, sara: Client) -> None:
    _run(aws)
    before = _subjects(sara)

    (*_, again) = migrate(aws.table("desk"), NAME, step, Progress(NOW), PACE, lambda: NOW, lambda _: None)

    assert (again.changed, _subjects(sara)) == (0, before)


@pytest.mark.usefixtures("sara")
def test_it_reads_no_faster_than_its_pace(aws: Aws) -> None:
    pauses: list[float] = []
    pages: list[float] = []

    def note(parsed: dict[str, Any], **_: object) -> None:
        pages.append(parsed["ConsumedCapacity"]["CapacityUnits"])

    aws.dynamodb.meta.events.register("after-call.dynamodb.Scan", note)
    _run(aws, pauses.append)

    assert len(pauses) > 2
    assert pauses == [units / PACE for units in pages]


def test_a_dry_run_counts_and_writes_nothing(
    aws: Aws, sara: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = aws.items("desk")
    monkeypatch.setattr(program, "desk", lambda _: aws.table("desk"))
    monkeypatch.setattr(sys, "argv", ["migrate", "stack", NAME, "--dry", "--pace", "100000"])

    program.main()

    assert capsys.readouterr().out == "4 items would be changed\n"
    assert aws.items("desk") == before


def test_the_program_says_how_far_it_is_and_that_it_is_done(
    aws: Aws, sara: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "desk", lambda _: aws.table("desk"))
    monkeypatch.setattr(sys, "argv", ["migrate", "stack", NAME, "--pace", "100000"])

    program.main()
    told = capsys.readouterr().out.splitlines()
    program.main()

    assert told[0].startswith("3 items seen, ")
    assert capsys.readouterr().out.startswith(f"{NAME} is done since ")
    assert count(aws.table("desk"), step, PACE, lambda _: None) == 0
