"""A restored table in the place of a stack's own: what it lacks is set, and the template names it everywhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from operations.prepare_restored import prepare
from operations.restored import Restored, swapped, template_for
from tests.functional.conftest import Aws
from tests.support.template import TABLES, create_table_request, load_template

STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/restored/stream/2026"
RESTORED = Restored("restored", "arn:aws:dynamodb:eu-central-1:123456789012:table/restored", STREAM)


@pytest.fixture
def tables(aws: Aws) -> Aws:
    """A desk table with its stream, and one restored from it."""
    view = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    aws.dynamodb.update_table(TableName="desk", StreamSpecification=view, DeletionProtectionEnabled=True)
    aws.dynamodb.create_table(**{**create_table_request("desk"), "TableName": "restored"})
    return aws


def test_a_restored_table_gets_stream_ends_backups_and_protection(tables: Aws) -> None:
    for _ in range(2):  # a second time changes nothing
        prepare(tables.dynamodb, "desk", "restored")

    table = tables.dynamodb.describe_table(TableName="restored")["Table"]
    ttl = tables.dynamodb.describe_time_to_live(TableName="restored")["TimeToLiveDescription"]
    backups = tables.dynamodb.describe_continuous_backups(TableName="restored")["ContinuousBackupsDescription"]
    assert table["StreamSpecification"] == {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    assert table["DeletionProtectionEnabled"] is True
    assert (ttl["AttributeName"], ttl["TimeToLiveStatus"]) == ("expires_at", "ENABLED")
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"


def test_a_table_with_other_indexes_is_refused(tables: Aws) -> None:
    with pytest.raises(SystemExit, match="other keys or indexes"):
        prepare(tables.dynamodb, "desk", "accounts")


@pytest.mark.parametrize("table", TABLES.values())
def test_nothing_in_the_template_refers_to_a_table_that_was_swapped(table: str) -> None:
    template = swapped(load_template(), {table: RESTORED})

    assert template["Resources"].pop(table) == load_template()["Resources"][table]
    assert template["Outputs"].pop(table)["Value"] == "restored"
    assert [text for text in _strings(template) if table in text] == []


def test_the_other_tables_stay_where_they_are() -> None:
    template = swapped(load_template(), {"DeskTable": RESTORED})

    before, after = (json.dumps(each, default=str).count("AccountsTable") for each in (load_template(), template))
    assert before == after


def test_the_relay_reads_the_restored_stream() -> None:
    template = swapped(load_template(), {"DeskTable": RESTORED})

    events = template["Resources"]["EventRelayFunction"]["Properties"]["Events"].values()
    assert [event["Properties"]["Stream"] for event in events] == [STREAM]


def test_a_restored_table_without_a_stream_is_not_deployed() -> None:
    with pytest.raises(KeyError, match="no stream"):
        swapped(load_template(), {"DeskTable": Restored("restored", "arn", "")})


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What `make build` left, and a restored.toml for prod beside it."""
    (tmp_path / "template.yaml").write_text("Resources: {F: {Properties: {T: {Ref: DeskTable}}}}", encoding="utf-8")
    (tmp_path / "restored.toml").write_text('[prod]\nDeskTable = "restored"\n', encoding="utf-8")
    return tmp_path / "template.yaml"


def test_an_environment_with_restored_tables_is_deployed_from_a_template_of_its_own(tables: Aws, built: Path) -> None:
    prepare(tables.dynamodb, "desk", "restored")

    template: Any = json.loads(template_for("prod", built, built.with_name("restored.toml")).read_text("utf-8"))

    assert template["Resources"]["F"]["Properties"]["T"] == "restored"
    assert template_for("dev", built, built.with_name("restored.toml")) == built
    assert template_for("prod", built, built.with_name("none.toml")) == built


def _strings(tree: object) -> list[str]:
    match tree:
        case dict():
            return [text for pair in tree.items() for part in pair for text in _strings(part)]
        case list():
            return [text for part in tree for text in _strings(part)]
        case str():
            return [tree]
    return []
