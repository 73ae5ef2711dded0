"""`make export-customer` and `make erase-customer`: what the desk holds about a person, written down or gone."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from helpdesk.actions.notify_customer import notify_customer
from helpdesk.actions.register import account_writes
from helpdesk.model.account import Credentials, Purpose, SessionEntry
from helpdesk.model.attachment import clean_key, thumbnail_key, upload_key
from helpdesk.model.audit import Act
from helpdesk.model.delivery import Channel
from helpdesk.model.event import Event
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import ERASED, Customer
from helpdesk.model.rules import Quota
from helpdesk.store import audit, deliveries, events, keys, limits
from helpdesk.store.codec import encode
from operations import erase_customer, export_customer
from operations.erase_tickets import Erased
from operations.holdings import Holdings
from operations.verify_history import read
from tests.functional.conftest import Aws, Client, SignIn
from tests.functional.desk.conftest import CleanFile, answered, as_account, opened

PHONE, NAME, SAID = "+989121234567", "سارا محمدی", "شمارهٔ قراردادم ۷۷۱۲۳ است."
EMAIL = "sara@mail.example"


@pytest.fixture
def holdings(aws: Aws) -> Holdings:
    """The mocked account as operators reach it; uploads are versioned, as in the template."""
    aws.s3.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})
    tables = {name: aws.table(name) for name in ("accounts", "sessions", "desk")}
    return Holdings(**tables, s3=aws.s3, uploads="uploads", files="files", shards=4)


@pytest.fixture
def sara(aws: Aws, customer: SignIn) -> Client:
    """A customer with an account, a session in its list, and counters and codes under the number and the address."""
    now = datetime.now(UTC)
    client = _with_account(aws, customer(NAME), now)
    for purpose, to in ((Purpose.PASSWORD_RESET, PHONE), (Purpose.EMAIL_CHANGE, EMAIL)):
        code = {**keys.code_sends(purpose, to), "challenge_id": encode(purpose), "sent_at": encode(now)}
        for item in (code, {**keys.challenge(purpose), "to": encode(to)}):
            aws.dynamodb.put_item(TableName="accounts", Item=item)
    aws.table("accounts").apply(limits.use(aws.table("accounts"), "codes_email", EMAIL, Quota(9, 60), now))
    aws.table("accounts").apply(limits.use(aws.table("accounts"), "sign_in_pace", PHONE, Quota(9, 60), now))
    aws.table("desk").apply(limits.use(aws.table("desk"), "sms_phone", PHONE, Quota(9, 60), now))
    return client


def _with_account(aws: Aws, client: Client, now: datetime) -> Client:
    """The client as somebody who registered and signed in."""
    person = Customer(new_id(now), PHONE, NAME, "fa", now, email=EMAIL, email_proven=True)
    client = as_account(aws, client, person.id)
    assert client.session
    credentials = Credentials(
        person.id, PHONE, "$argon2id$", (SessionEntry(client.session.id, now + timedelta(days=1)),)
    )
    aws.table("accounts").commit(account_writes(aws.table("accounts"), aws.table("desk"), credentials, person))
    return client


@pytest.fixture
def numbers(aws: Aws, sara: Client, agent: SignIn, clean_file: CleanFile, holdings: Holdings) -> list[str]:
    """Two tickets: one with files, an answer, a note and a rating, closed; the other open."""
    reza, files = agent(), [clean_file(sara), clean_file(sara)]
    for file in files:
        for bucket, key in (("files", clean_key(file)), ("files", thumbnail_key(file)), ("uploads", upload_key(file))):
            aws.s3.put_object(Bucket=bucket, Key=key, Body=b"first")
            aws.s3.put_object(Bucket=bucket, Key=key, Body=b"later")
    number, other = opened(sara, description=SAID), opened(sara)
    sara("POST", f"/tickets/{number}/messages", {"body": SAID, "attachments": files[:1]}, key="with a file")
    answered(reza, number, body=f"خانم {NAME}، بررسی شد.", resolve=True)
    answered(reza, number, body="به مشتری اعتماد شد.", visibility="internal")
    sara("POST", f"/tickets/{number}/rating", {"score": 5, "comment": "از رضا ممنونم"})
    assert reza("PATCH", f"/tickets/{number}", {"status": "closed"}).status == 200
    for event in _events(aws, number):
        notify_customer(aws.table("desk"), event, datetime.now(UTC))
    return [number, other]


def _events(aws: Aws, number: str) -> list[Event]:
    return events.list_history(aws.table("desk"), number, 50, None)[0]


def _id(sara: Client) -> str:
    assert sara.session
    return sara.session.account_id


def _erase(holdings: Holdings, sara: Client) -> Erased:
    return erase_customer.erase_customer(holdings, _id(sara), lambda: None)


def _texts(aws: Aws, without: str = "IDEMPOTENCY#") -> str:
    """Everything in the three tables, but the answers to repeated requests, which end after a day."""
    found = [item for name in ("accounts", "sessions", "desk") for item in aws.items(name)]
    return json.dumps([item for item in found if not item["pk"]["S"].startswith(without)], ensure_ascii=False)


@pytest.mark.usefixtures("numbers")
def test_nothing_tells_of_a_customer_who_was_erased(aws: Aws, sara: Client, holdings: Holdings) -> None:
    personal = (PHONE, EMAIL, NAME, "۷۷۱۲۳", "اعتماد", "ممنونم", "قسط دوم", "a.png")
    assert [text for text in personal if text not in _texts(aws)] == []

    _erase(holdings, sara)

    assert [text for text in personal if text in _texts(aws)] == []


@pytest.mark.usefixtures("numbers")
def test_the_files_of_an_erased_customer_go_in_every_version_from_both_buckets(
    aws: Aws, sara: Client, holdings: Holdings
) -> None:
    _erase(holdings, sara)

    for bucket in ("files", "uploads"):
        left = aws.s3.list_object_versions(Bucket=bucket)
        assert [*left.get("Versions", []), *left.get("DeleteMarkers", [])] == []
    assert [item for item in aws.items("desk") if item["pk"]["S"].startswith("ATTACHMENT#")] == []


def test_numbers_times_topics_and_ratings_of_tickets_stay(
    aws: Aws, sara: Client, boss: Client, holdings: Holdings, numbers: list[str]
) -> None:
    before = boss("GET", f"/tickets/{numbers[0]}").body

    _erase(holdings, sara)

    after = boss("GET", f"/tickets/{numbers[0]}").body
    same = ("number", "topic", "priority", "status", "created_at", "closed_at", "rating", "assignee")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert (after["subject"], after["customer"]["name"]) == (ERASED, ERASED)


def test_a_ticket_that_waits_is_closed_when_its_customer_is_erased(
    sara: Client, boss: Client, holdings: Holdings, numbers: list[str]
) -> None:
    _erase(holdings, sara)

    assert boss("GET", f"/tickets/{numbers[1]}").body["status"] == "closed"
    assert boss("GET", "/queue").body["items"] == []


def test_what_happens_while_a_customer_is_erased_is_told_to_nobody(
    aws: Aws, sara: Client, holdings: Holdings, numbers: list[str]
) -> None:
    _erase(holdings, sara)

    for event in _events(aws, numbers[1]):
        notify_customer(aws.table("desk"), event, datetime.now(UTC))
    rows = [row for event in _events(aws, numbers[1]) for row in deliveries.list_of_event(aws.table("desk"), event.id)]
    assert {(row.channel, row.state, row.reason) for row in rows} == {(Channel.INBOX, "suppressed", "own_doing")}


@pytest.mark.usefixtures("numbers")
def test_the_history_of_an_erased_customer_still_verifies(aws: Aws, sara: Client, holdings: Holdings) -> None:
    _erase(holdings, sara)

    histories = read(aws.items("desk"))
    assert [history.first_fault() for history in histories.values()] == [None, None]
    assert sum(trace == "erased" for history in histories.values() for trace in history.messages.values()) == 5


def test_an_erased_customer_is_signed_out_and_may_register_anew(
    aws: Aws, sara: Client, customer: SignIn, holdings: Holdings
) -> None:
    _erase(holdings, sara)

    assert sara("GET", "/tickets").status == 401
    again = _with_account(aws, customer("سارا دوباره"), datetime.now(UTC))
    assert _id(again) != _id(sara)


class _BrokenOffError(Exception):
    pass


@pytest.mark.parametrize("after", [3, 20, 41])
def test_an_erasure_that_broke_off_goes_on(
    aws: Aws, sara: Client, holdings: Holdings, numbers: list[str], after: int
) -> None:
    requests = iter(range(after))

    def break_off(**_: object) -> None:
        if next(requests, None) is None:
            raise _BrokenOffError

    for client in (aws.dynamodb, aws.s3):
        client.meta.events.register("before-call", break_off)
    with pytest.raises(_BrokenOffError):
        _erase(holdings, sara)
    for client in (aws.dynamodb, aws.s3):
        client.meta.events.unregister("before-call", break_off)
    assert holdings.find_customer(PHONE) == _id(sara)

    _erase(holdings, sara)

    assert [text for text in (PHONE, NAME, "۷۷۱۲۳") if text in _texts(aws)] == []
    assert "Contents" not in aws.s3.list_objects_v2(Bucket="files")


@pytest.mark.usefixtures("numbers")
def test_erasing_twice_changes_nothing_more(aws: Aws, sara: Client, holdings: Holdings) -> None:
    _erase(holdings, sara)
    histories = {number: end.end for number, end in read(aws.items("desk")).items()}

    again = _erase(holdings, sara)

    assert (again.messages, again.files) == (0, 0)
    assert {number: end.end for number, end in read(aws.items("desk")).items()} == histories


@pytest.mark.usefixtures("numbers")
def test_the_audit_trail_tells_of_both_and_names_nobody(
    aws: Aws, sara: Client, holdings: Holdings, tmp_path: Path
) -> None:
    export_customer.export_customer(holdings, _id(sara), tmp_path)
    _erase(holdings, sara)

    entries, _ = audit.list_entries(aws.table("desk"), "operator", None, None, 10, None)
    assert [(entry.act, entry.subject) for entry in entries] == [
        (Act.CUSTOMER_ERASED, _id(sara)),
        (Act.CUSTOMER_EXPORTED, _id(sara)),
    ]


def test_exports_of_the_last_days_are_named_to_the_operator(boss: Client, holdings: Holdings) -> None:
    boss("POST", "/reports/exports", {"from": "2026-11-01", "to": "2026-11-02"})

    (line,) = erase_customer.exports_about(holdings, datetime.now(UTC))

    assert line.endswith("the export of 2026-11-01 to 2026-11-02")


@pytest.fixture
def exported(sara: Client, holdings: Holdings, numbers: list[str], tmp_path: Path) -> Path:
    """The folder of an export."""
    export_customer.export_customer(holdings, _id(sara), tmp_path / "sara")
    return tmp_path / "sara"


def test_an_export_holds_account_tickets_messages_notifications_and_files(exported: Path, numbers: list[str]) -> None:
    account = json.loads((exported / "account.json").read_text(encoding="utf-8"))
    ticket = json.loads((exported / "tickets" / f"{numbers[0]}.json").read_text(encoding="utf-8"))

    assert (account["profile"]["name"], account["login"], len(account["sessions"])) == (NAME, PHONE, 1)
    assert (ticket["ticket"]["rating"], ticket["ticket"]["rating_comment"]) == (5, "از رضا ممنونم")
    assert [message["body"] for message in ticket["messages"]][:2] == [SAID, SAID]
    assert "deliveries" in ticket["history"][0]
    assert json.loads((exported / "notifications.json").read_text(encoding="utf-8"))
    assert len(list((exported / "tickets").iterdir())) == 2
    assert [path.read_bytes() for path in (exported / "files").iterdir()] == [b"later", b"later"]


def test_an_export_keeps_notes_apart_and_tells_nothing_that_opens_an_account(exported: Path) -> None:
    handed_over = [path for path in exported.rglob("*.json") if path.name != "staff-notes.json"]
    text = "".join(path.read_text(encoding="utf-8") for path in handed_over)

    assert "اعتماد" not in text
    assert [word for word in ("password", "argon2", "salt") if word in text] == []
    assert "اعتماد" in (exported / "staff-notes.json").read_text(encoding="utf-8")


def test_the_phone_number_is_in_no_output(
    aws: Aws, sara: Client, holdings: Holdings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Holdings, "of", lambda _: holdings)
    monkeypatch.setattr(erase_customer, "_LONGEST_REQUEST", 0)
    monkeypatch.setattr(sys, "argv", ["erase", "stack", "--phone", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "--confirmed"])

    erase_customer.main()
    with pytest.raises(SystemExit) as ended:
        erase_customer.main()

    said = f"{capsys.readouterr()}{ended.value.code}"
    assert _id(sara) in said
    assert "was erased" in said
    assert [form for form in (PHONE, "9121234567", "۹۱۲", NAME) if form in said] == []


def test_without_a_yes_nothing_is_erased(
    aws: Aws, sara: Client, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Holdings, "of", lambda _: holdings)
    monkeypatch.setattr("builtins.input", lambda _: "y")
    monkeypatch.setattr(sys, "argv", ["erase", "stack", "--phone", PHONE])

    with pytest.raises(SystemExit, match="Nothing was erased"):
        erase_customer.main()

    assert holdings.find_customer(PHONE) == _id(sara)
