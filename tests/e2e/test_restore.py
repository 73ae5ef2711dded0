"""The drill of docs/data-care.md on a stack of its own: a table is lost, restored, and the journey goes on with it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pyotp
import pytest

from helpdesk.store import keys
from local.deploy import CODE_BUCKET, STACK, _wait
from local.emulator import free_port
from local.stack import LocalStack
from operations.prepare_restored import prepare
from operations.restored import Restored, swapped
from tests.e2e.people import Person, Sms, wait_for
from tests.e2e.test_operations import ENVIRONMENT


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalStack]:
    """A stack that may break."""
    with LocalStack.start(free_port(), tmp_path) as started:
        for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": started.aws_endpoint}.items():
            monkeypatch.setenv(name, value)
        yield started


def _deploy(stack: LocalStack, tables: dict[str, Restored]) -> None:
    """What `make deploy` does with tables in restored.toml."""
    template = swapped(stack._template(stack.parameters), tables)
    cloud = stack.cloud
    cloud.s3.put_object(Bucket=CODE_BUCKET, Key="template.json", Body=json.dumps(template).encode())
    cloud.cloudformation.update_stack(
        StackName=STACK,
        TemplateURL=f"{cloud.endpoint}/{CODE_BUCKET}/template.json",
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in stack.parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    assert _wait(cloud)["StackStatus"] == "UPDATE_COMPLETE"


def _signed_in(stack: LocalStack) -> tuple[Person, Person, str]:
    """A demo customer with the number, and the demo's administrator."""
    demo = stack.file.demo
    sara, reza = Person.at(stack.file.public_api), Person.at(stack.file.internal_api)
    customer = {"phone": demo.customers[0].phone, "password": demo.customers[0].password, "transport": "bearer"}
    sara.signed_in(sara.post("/sessions", customer))
    member = next(member for member in demo.staff if member.role == "admin")
    asked = reza.post("/sessions", {"email": member.email, "password": member.password})
    code = {"challenge_id": asked["challenge_id"], "code": pyotp.TOTP(member.totp_secret).now(), "transport": "bearer"}
    reza.signed_in(reza.post("/sessions/confirm", code))
    return sara, reza, demo.customers[0].phone


def test_a_lost_table_is_restored_and_the_journey_goes_on(stack: LocalStack) -> None:
    sara, reza, phone = _signed_in(stack)
    number = sara.open_ticket()["number"]
    own, restored, dynamodb = stack.outputs["DeskTable"], "restored-desk", stack.cloud.dynamodb
    dynamodb.restore_table_to_point_in_time(
        SourceTableName=own, TargetTableName=restored, RestoreDateTime=datetime.now(UTC)
    )
    dynamodb.delete_item(TableName=own, Key=keys.ticket(number))
    assert sara.call("GET", f"/tickets/{number}").status_code == 404

    prepare(dynamodb, own, restored)
    _deploy(stack, {"DeskTable": Restored.found(restored)})

    wait_for(lambda: sara.call("GET", f"/tickets/{number}").is_success, "the functions at the restored table")
    ticket = sara.get(f"/tickets/{number}")
    seen = ticket["messages"]["items"][0]["id"]
    reza.post(f"/tickets/{number}/messages", {"body": "برگشت.", "based_on": seen}, key=str(uuid4()))
    sms = Sms(stack.state_dir / "sms.jsonl")
    wait_for(lambda: [told for told in sms.to(phone) if number[:4] in told["text"]], "the SMS, by the restored stream")
    assert "Item" not in dynamodb.get_item(TableName=own, Key=keys.ticket(number))
