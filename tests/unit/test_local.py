"""Small parts of the local stack."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest

from helpdesk.edge.rules import load_rules
from helpdesk.model.passwords import canonical_password
from helpdesk.model.people import Role
from helpdesk.model.phone import canonical_phone
from local import show
from local.deploy import lifecycle_rule
from local.follow import Follow
from local.logs import readable
from local.seed import read_demo
from local.stack_file import Customer, Demo, StackFile, Staff, publish, withdraw
from local.watch import Watch

DEMO = Demo(
    customers=[Customer(name="سارا محمدی", phone="+989121110001", password="a-password")],
    staff=[Staff("علی رضایی", "ali@example.com", "another", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "agent", ["cheque"])],
)


def stack_file() -> StackFile:
    return StackFile("panel", "console", "public", "internal", "http://localhost:1", DEMO)


class FunctionsStub:
    """Remembers whose processes it was told to renew."""

    def __init__(self, *handlers: str) -> None:
        self.handlers = handlers
        self.renewed: list[str] = []

    def list_functions(self, **_: Any) -> dict[str, Any]:
        return {"Functions": [{"FunctionName": it, "Handler": it, "Timeout": 3} for it in self.handlers]}

    def update_function_configuration(self, **sent: Any) -> None:
        self.renewed.append(sent["FunctionName"])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("functions/one/app.py", "functions/two/app.py", "core/helpdesk/desk.toml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("")
    return tmp_path


def watch(tree: Path) -> tuple[Watch, FunctionsStub]:
    functions = FunctionsStub("one.app.handler", "two.app.handler", "web_site.app.handler")
    return Watch(functions, (tree / "functions", tree / "core"), tree / ".built"), functions  # type: ignore[arg-type]  # a stub


def test_an_edited_function_alone_is_renewed(tree: Path) -> None:
    watching, functions = watch(tree)
    (tree / "functions/one/routes.py").write_text("new")

    assert watching.look() == ["routes.py"]
    assert functions.renewed == ["one.app.handler"]


def test_an_edit_of_the_shared_package_renews_every_function(tree: Path) -> None:
    watching, functions = watch(tree)
    (tree / "core/helpdesk/desk.toml").unlink()

    assert watching.look() == ["desk.toml"]
    assert functions.renewed == ["one.app.handler", "two.app.handler", "web_site.app.handler"]


def test_a_new_build_of_the_web_apps_renews_who_serves_them(tree: Path) -> None:
    watching, functions = watch(tree)
    (tree / ".built").touch()

    assert watching.look() == [".built"]
    assert functions.renewed == ["web_site.app.handler"]


def test_nothing_is_renewed_while_nothing_changes(tree: Path) -> None:
    watching, functions = watch(tree)

    assert watching.look() == []
    assert functions.renewed == []


def test_lines_are_followed_once_they_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "sms.jsonl"
    path.write_text("first\nsec", encoding="utf-8")
    following = Follow(path)

    assert following.lines() == ["first"]
    with path.open("a", encoding="utf-8") as file:
        file.write("ond\nسوم\n")
    assert following.lines() == ["second", "سوم"]
    assert following.lines() == []


def test_a_lifecycle_rule_is_said_in_the_words_of_the_api() -> None:
    rule = {"Id": "A", "Status": "Enabled", "ExpirationInDays": 1, "NoncurrentVersionExpiration": {"NoncurrentDays": 1}}

    assert lifecycle_rule(rule) == {
        "ID": "A",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "Expiration": {"Days": 1},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
    }


def test_the_stack_file_reads_as_it_was_written(tmp_path: Path) -> None:
    stack_file().write(tmp_path / "stack.json")

    assert StackFile.read(tmp_path / "stack.json") == stack_file()
    assert json.loads((tmp_path / "stack.json").read_text())["demo"]["staff"][0]["topics"] == ["cheque"]


def published(shared: Path, name: str) -> Path:
    state = shared / name
    state.mkdir()
    stack_file().write(state / "stack.json")
    publish(state, shared)
    return state


def test_a_published_stack_is_found_in_the_shared_place(tmp_path: Path) -> None:
    published(tmp_path, "first")
    second = published(tmp_path, "second")

    assert (tmp_path / "stack.json").resolve().parent == second
    assert StackFile.read(tmp_path / "stack.json") == stack_file()


def test_a_stopped_stack_takes_its_own_links_away_and_no_others(tmp_path: Path) -> None:
    first, second = published(tmp_path, "first"), published(tmp_path, "second")

    withdraw(first, tmp_path)
    assert (tmp_path / "stack.json").resolve().parent == second

    withdraw(second, tmp_path)
    assert list(tmp_path.glob("*.json*")) == []


def test_the_greeting_shows_how_to_sign_in() -> None:
    text = show.people(DEMO, datetime(2026, 1, 1, tzinfo=UTC))

    assert "+989121110001  a-password  سارا محمدی" in text
    assert "ali@example.com  another  " in text
    assert "TOTP secret JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" in text


def test_the_demos_people_keep_the_desks_own_rules() -> None:
    demo, rules = read_demo(), load_rules()

    assert [canonical_phone(it.phone) for it in demo.customers] == [it.phone for it in demo.customers]
    assert {it.role for it in demo.staff} == set(Role)
    assert {topic for it in demo.staff for topic in it.topics} == set(rules.topics)
    for password in [it.password for it in demo.customers] + [it.password for it in demo.staff]:
        assert canonical_password(password) == password
    for member in demo.staff:
        assert pyotp.TOTP(member.totp_secret).now().isdigit()


def test_a_logged_stack_trace_gets_lines_of_its_own() -> None:
    message = json.dumps({"level": "ERROR", "exception": "Traceback\n  boom"})

    assert readable("web_site", message) == f"web_site             {message}\nTraceback\n  boom"
    assert readable("web_site", "plain\n") == "web_site             plain"


def test_an_sms_is_shown_with_its_text() -> None:
    line = json.dumps({"to": "+989121110001", "text": "کد: 123456", "event_id": "1", "sent_at": "2026-01-01T00:00:00Z"})

    assert show.sms(line) == "SMS to +989121110001: کد: 123456"
