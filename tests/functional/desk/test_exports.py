"""Exports: asked for over HTTP, written by the worker, fetched over HTTP."""

import csv
import json
from collections.abc import Callable
from importlib import import_module
from io import StringIO
from typing import Any

import pytest

from helpdesk.model.identifiers import grouped_ticket_number
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.desk.conftest import answered, opened, today
from tests.support.http_events import context
from tests.support.template import ROOT

type Work = Callable[[], None]


@pytest.fixture
def work(aws: Aws) -> Work:
    """Let the worker hear of every export that stands in the table."""

    def run() -> None:
        exports = [item for item in aws.items("desk") if item["pk"]["S"].startswith("EXPORT#")]
        records = [{"dynamodb": {"NewImage": item}} for item in exports]
        import_module("report_exporter.app").handler({"Records": records}, context())

    return run


def _asked(boss: Client, first: str, last: str) -> str:
    answer = boss("POST", "/reports/exports", {"from": first, "to": last})
    assert (answer.status, answer.body["state"]) == (202, "waiting"), answer.body
    return str(answer.body["id"])


def _rows(aws: Aws, export_id: str) -> list[list[str]]:
    file = aws.s3.get_object(Bucket="files", Key=f"exports/{export_id}.csv")["Body"].read()
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def test_what_was_asked_for_is_written_and_fetched(
    aws: Aws, customer: SignIn, agent: SignIn, boss: Client, work: Work
) -> None:
    sara = customer("=سارا")
    numbers = [opened(sara, topic=topic, subject=f"=قسط {topic}") for topic in ("credit", "other")]
    answered(agent("رضا"), numbers[1], resolve=True)
    export_id = _asked(boss, today(), today())
    assert boss("GET", f"/reports/exports/{export_id}").body == {"id": export_id, "state": "waiting", "rows": 0}

    work()

    fetched = boss("GET", f"/reports/exports/{export_id}")
    assert (fetched.status, fetched.body) == (303, {"id": export_id, "state": "done", "rows": 2})
    assert f"exports/{export_id}.csv" in fetched.headers["Location"]
    _, first, second = _rows(aws, export_id)
    assert [row[0] for row in (first, second)] == [grouped_ticket_number(number) for number in numbers]
    assert (first[6], first[7], first[5]) == ("'=سارا", "'=قسط credit", "در انتظار پاسخ ما")
    assert (second[5], second[8]) == ("حل شد", "رضا")


def test_days_without_tickets_give_headings_alone(aws: Aws, customer: SignIn, boss: Client, work: Work) -> None:
    opened(customer())
    export_id = _asked(boss, "2026-01-01", "2026-01-31")

    work()

    assert len(_rows(aws, export_id)) == 1


def test_an_export_that_comes_again_is_written_once_more_and_no_other(
    aws: Aws, customer: SignIn, boss: Client, work: Work
) -> None:
    opened(customer())
    export_id = _asked(boss, today(), today())

    for _ in range(2):
        work()

    assert len(_rows(aws, export_id)) == 2
    assert boss("GET", f"/reports/exports/{export_id}").body["rows"] == 1


def test_more_tickets_than_one_read_gives_are_all_there(
    aws: Aws, customer: SignIn, boss: Client, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.actions.exports._AT_ONCE", 2)
    sara = customer()
    numbers = [grouped_ticket_number(opened(sara)) for _ in range(5)]
    export_id = _asked(boss, today(), today())

    work()

    assert [row[0] for row in _rows(aws, export_id)[1:]] == numbers


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"from": "2026-01-02", "to": "2026-01-01"}, "to"),
        ({"from": "2026-01-01", "to": "2026-12-31"}, "to"),
        ({"from": "2026-01-01"}, "to"),
        ({"from": 7, "to": "2026-01-01"}, "from"),
        ({"from": "2026-01-01", "to": "2026-01-01", "topic": "credit"}, "topic"),
    ],
)
def test_a_period_that_is_none_is_refused(aws: Aws, boss: Client, body: dict[str, Any], field: str) -> None:
    answer = boss("POST", "/reports/exports", body)

    assert (answer.status, [error["field"] for error in answer.body["errors"]]) == (422, [field])
    assert aws.items("desk") == []


def test_an_export_that_is_not_there_is_not_found(boss: Client) -> None:
    assert boss("GET", "/reports/exports/01ARZ3NDEKTSV4RRFFQ69G5FAV").status == 404


def test_the_event_of_the_worker_is_what_the_stream_gives(aws: Aws) -> None:
    event = json.loads((ROOT / "events" / "report_exporter.json").read_text(encoding="utf-8"))
    (record,) = event["Records"]
    aws.dynamodb.put_item(TableName="desk", Item=record["dynamodb"]["NewImage"])

    import_module("report_exporter.app").handler(event, context())

    (item,) = aws.items("desk")
    assert item["state"]["S"] == "done"
    assert len(_rows(aws, item["id"]["S"])) == 1
