"""`make import`: tickets of another system, as if they had always been here."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from helpdesk.model.people import Kind, Role
from helpdesk.store import accounts, reports
from operations.holdings import Holdings
from operations.verify_history import read
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.importing.conftest import TICKET, Import, form


@pytest.fixture
def boss(agent: SignIn) -> Client:
    """A supervisor."""
    return agent("مدیر", Role.SUPERVISOR, ())


def _tickets(aws: Aws) -> list[dict[str, Any]]:
    return [item for item in aws.items("desk") if item["sk"]["S"] == "TICKET"]


@pytest.fixture
def found(aws: Aws, boss: Client) -> Callable[[], dict[str, Any]]:
    """The one ticket that there is, as staff see it."""

    def look() -> dict[str, Any]:
        (item,) = _tickets(aws)
        body: dict[str, Any] = boss("GET", f"/tickets/{item['number']['S']}").body
        return body

    return look


def test_a_ticket_comes_with_its_times_authors_and_files(run: Import, found: Callable[[], dict[str, Any]]) -> None:
    report = run(form())

    assert (report.imported, report.messages, report.files, report.refused) == (1, 3, 1, [])
    ticket = found()
    names = ("subject", "status", "priority", "created_at", "resolved_at", "closed_at", "tags")
    assert [ticket[name] for name in names] == [
        "قسط دوم",
        "closed",
        "high",
        "2024-02-03T06:00:00Z",
        "2024-02-05T08:00:00Z",
        "2024-02-12T08:00:00.123000Z",
        ["قدیمی"],
    ]
    assert ticket["assignee"] == {"id": "REZA", "name": "رضا کریمی"}
    told = [
        (m["author"]["name"], m["visibility"], m["created_at"][:10], len(m["attachments"]))
        for m in reversed(ticket["messages"]["items"])
    ]
    assert told == [
        ("سارا محمدی", "public", "2024-02-03", 1),
        ("رضا کریمی", "public", "2024-02-04", 0),
        ("کسی که رفته", "internal", "2024-02-04", 0),
    ]


@pytest.mark.parametrize("status", ["open", "pending", "resolved", "closed"])
def test_an_imported_history_verifies(aws: Aws, run: Import, status: str) -> None:
    run(form(status=status))

    (history,) = read(aws.items("desk")).values()
    assert history.first_fault() is None
    assert len(history.links) == {"open": 4, "pending": 4}.get(status, 6)


@pytest.mark.parametrize("status", ["open", "pending", "resolved", "closed"])
def test_nobody_is_told_and_no_clock_rings(aws: Aws, run: Import, status: str) -> None:
    run(form(status=status))

    due = [item["gsi5pk"]["S"] for item in aws.items("desk") if "gsi5pk" in item]
    assert due == []


def test_an_open_ticket_stands_in_the_queue_where_its_wait_puts_it(run: Import, boss: Client) -> None:
    now = datetime.now(UTC)
    old = {"author": {"kind": "customer"}, "body": "کجا رفتید؟", "at": "2024-03-01T06:00:00Z"}
    new = {**old, "at": (now - timedelta(minutes=1)).isoformat()}
    run(
        form(external_id="new", status="open", messages=[new], created_at=new["at"]),
        form(external_id="old", status="open", messages=[*deepcopy(TICKET["messages"]), old]),
    )

    first, second = boss("GET", "/queue").body["items"]
    assert first["response_due_at"].startswith("2024-03-0")
    assert second["response_due_at"] > now.isoformat()


def test_a_clock_that_still_runs_rings_in_time(aws: Aws, run: Import) -> None:
    asked = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    message = {"author": {"kind": "customer"}, "body": "سلام", "at": asked}
    run(form(status="open", created_at=asked, messages=[message]))

    (ticket,) = _tickets(aws)
    assert ticket["gsi5pk"]["S"].startswith("CLOCK#")


def test_what_is_not_solved_counts_in_the_backlog(aws: Aws, run: Import) -> None:
    run(form(external_id="1", status="open"), form(external_id="2"), form(external_id="3", status="pending"))

    backlog = reports.read_backlog(aws.table("desk"))
    assert [*backlog.present.values()] == [2]


def test_a_ticket_costs_four_requests_and_one_for_each_further_twenty_messages(aws: Aws, run: Import) -> None:
    run(form(external_id="first"))
    requests: list[str] = []

    def note(model: Any, **_: object) -> None:
        requests.append(model.name)

    aws.dynamodb.meta.events.register("before-call", note)
    run(form(external_id="second"))
    short, directory = len(requests), 1
    run(_long("third"))

    assert (short - directory, len(requests) - short - directory) == (4, 6)


def test_the_same_ticket_twice_is_one(aws: Aws, run: Import) -> None:
    first = run(form(), form())
    before = aws.items("desk")
    again = run(form())

    assert ((first.imported, first.known), (again.imported, again.known)) == ((1, 1), (0, 1))
    assert aws.items("desk") == before


class _KilledError(Exception):
    pass


@pytest.mark.parametrize("after", [3, 6, 7, 8])
def test_an_import_that_was_killed_goes_on(aws: Aws, run: Import, after: int) -> None:
    requests = iter(range(after))

    def kill(**_: object) -> None:
        if next(requests, None) is None:
            raise _KilledError

    for client in (aws.dynamodb, aws.s3):
        client.meta.events.register("before-call", kill)
    with pytest.raises(_KilledError):
        run(*(_long(f"{n}") for n in range(2)))
    for client in (aws.dynamodb, aws.s3):
        client.meta.events.unregister("before-call", kill)

    run(*(_long(f"{n}") for n in range(2)))

    histories = read(aws.items("desk"))
    assert [(history.first_fault(), len(history.messages)) for history in histories.values()] == [(None, 43)] * 2
    assert len(_tickets(aws)) == 2
    assert aws.s3.list_objects_v2(Bucket="files")["KeyCount"] == 4  # two pictures, each with its thumbnail


def _long(external_id: str) -> dict[str, Any]:
    more = [{"author": {"kind": "customer"}, "body": f"{n}", "at": "2024-02-04T07:00:00Z"} for n in range(40)]
    return form(external_id=external_id, status="pending", messages=[*deepcopy(TICKET["messages"]), *more])


def test_a_customer_who_is_here_is_found_by_the_number_and_gets_one_account(
    aws: Aws, run: Import, holdings: Holdings
) -> None:
    run(form(external_id="1"), form(external_id="2", customer={"phone": "+98 912 123 4567", "name": "سارا"}))

    assert len({ticket["customer_id"]["S"] for ticket in _tickets(aws)}) == 1
    credentials = accounts.find(holdings.accounts, holdings.find_customer("+989121234567") or "")
    assert credentials
    assert (credentials.login, credentials.password_hash) == ("+989121234567", "")


def test_an_imported_customer_signs_in_after_a_reset_and_not_before(aws: Aws, run: Import) -> None:
    url, phone = aws.sqs.create_queue(QueueName="sms")["QueueUrl"], "09121234567"
    run(form())
    panel = Client(import_module("customer_accounts.app").handler, Kind.CUSTOMER)
    signing_in = {"phone": phone, "password": "a-long-enough-secret", "transport": "bearer"}

    assert panel("POST", "/sessions", signing_in).status == 401

    reset = panel("POST", "/password-resets", {"phone": phone}).body["reset_id"]
    code = json.loads(aws.sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"])["code"]
    confirmed = {"code": code, "password": signing_in["password"]}
    assert panel("POST", f"/password-resets/{reset}/confirm", confirmed).status == 204
    assert panel("POST", "/sessions", signing_in).status == 201


def test_a_dry_run_writes_nothing_and_says_what_would_be_done(aws: Aws, run: Import, folder: Any) -> None:
    before = aws.items("desk"), aws.items("accounts")

    report = run(form(), form(external_id="2", topic="unheard"), is_dry=True)

    assert (aws.items("desk"), aws.items("accounts")) == before
    assert "Contents" not in aws.s3.list_objects_v2(Bucket="files")
    assert [*report.lines(is_dry=True)] == [
        "line 2: topic: unknown_topic",
        "1 tickets could be imported, with 3 messages and 1 files",
        "0 tickets were here before, 1 lines refused",
    ]


REFUSED: list[tuple[object, str]] = [
    ("{", "line: Invalid JSON"),
    (form(customer={"phone": "12", "name": "x"}), "customer.phone: "),
    (form(status="new"), "status: "),
    (form(priority="whenever"), "priority: unknown_priority"),
    (form(created_at="2024-02-03T09:30:00"), "created_at: "),
    (form(closed_at="2224-02-03T09:30:00Z"), "ticket: in_the_future"),
    (form(surprise=1), "surprise: "),
    (form(messages=[]), "messages: "),
    (form(messages=TICKET["messages"][2:]), "line: Value error, the first message is an internal note"),
    (form(external_id="a#b"), "external_id: "),
]


@pytest.mark.parametrize(("line", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_a_line_that_is_refused_is_named_and_holds_nothing_up(run: Import, line: Any, reason: str) -> None:
    report = run("", line, form())

    ((number, said),) = report.refused
    assert (number, report.imported) == (2, 1)
    assert said.startswith(reason)


def _with_file(**changes: str) -> dict[str, Any]:
    asked = form()
    asked["messages"][0]["attachments"][0] |= changes
    return asked


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"path": "../secret"}, "outside of the folder"),
        ({"path": "files/none"}, "missing"),
        ({"content_type": "application/zip"}, "wrong_type"),
        ({"content_type": "image/jpeg"}, "wrong_type"),
    ],
)
def test_a_file_that_is_refused_refuses_its_line_unless_it_may_be_left_out(
    run: Import, changes: dict[str, str], reason: str
) -> None:
    refused = run(_with_file(**changes))
    taken = run(_with_file(**changes), leaves_out=True)

    assert refused.refused == [(1, f"messages.0.attachments.0: {reason}")]
    assert (taken.imported, taken.files, taken.left_out) == (1, 0, [(1, f"messages.0.attachments.0: {reason}")])


def test_a_picture_is_encoded_anew_and_belongs_to_its_message(aws: Aws, run: Import, holdings: Holdings) -> None:
    run(form())

    (attachment,) = [item for item in aws.items("desk") if item["sk"]["S"] == "ATTACHMENT"]
    assert (attachment["state"]["S"], attachment["has_thumbnail"]["BOOL"]) == ("linked", True)
    assert attachment["owner_id"]["S"] == holdings.find_customer("+989121234567")


def test_an_attachment_of_a_note_stays_internal(aws: Aws, run: Import) -> None:
    asked = form()
    asked["messages"][2]["attachments"] = asked["messages"][0].pop("attachments")
    run(asked)

    (attachment,) = [item for item in aws.items("desk") if item["sk"]["S"] == "ATTACHMENT"]
    assert attachment["is_internal"]["BOOL"] is True
