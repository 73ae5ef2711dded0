"""What a function's credentials are good for, by the roles as the local stack evaluates them.

Each role tries every call of `tests/support/attempts.py`; what is not on its list here must be refused, and what is
on it must pass, so that a broken credential cannot look like a good refusal. Conditions on leading keys are not
evaluated locally: tests/contract/test_permissions_of_the_template.py reads them.
"""

from collections.abc import Callable

import pytest

from local.deploy import STACK
from local.stack import LocalStack
from tests.contract.stack_template import functions
from tests.support.attempts import Thief, allowed, attempts

SESSION = {"get_item Sessions", "update_item Sessions"}
SESSIONS = SESSION | {"put_item Sessions", "delete_item Sessions"}
CREDENTIALS = {"get_item Accounts", "put_item Accounts", "update_item Accounts", "delete_item Accounts"}
DESK = {"get_item Desk", "put_item Desk", "update_item Desk", "query Desk"}
PRESIGNED = {"put_object Uploads uploads/", "get_object Files files/"}

MAY: dict[str, set[str]] = {
    "customer_accounts": CREDENTIALS
    | SESSIONS
    | (DESK - {"query Desk"})
    | {"delete_item Desk", "send to Email", "send to Sms"},
    "customer_tickets": SESSION | DESK | PRESIGNED | {"query gsi1", "query gsi2"},
    "web_site": set(),
    "agent_accounts": CREDENTIALS | SESSIONS | DESK,
    "agent_desk": SESSION
    | DESK
    | PRESIGNED
    | {"delete_item Desk", "query lsi1", "query gsi1", "query gsi3", "query gsi4", "get_object Files exports/"},
    "event_relay": {"put_item Desk", "update_item Desk", "publish"},
    "outbox_sweeper": {"put_item Desk", "update_item Desk", "delete_item Desk", "query gsi5", "publish"}
    | {"delete_object Files files/"},
    "sla_watcher": {"get_item Desk", "put_item Desk", "delete_item Desk", "query gsi4", "query gsi5"},
    "attachment_checker": {"get_item Desk", "put_item Desk", "get_object_version Uploads", "list Uploads"}
    | {"put_object Files files/"},
    "sms_sender": {"get_item Desk", "put_item Desk", "update_item Desk", "take from Sms"},
    "email_sender": {"get_item Desk", "put_item Desk", "query Desk", "take from Email"},
    "inbox_writer": {"get_item Desk", "put_item Desk", "update_item Desk", "take from Inbox"},
    "webhook_sender": {"put_item Desk", "update_item Desk", "query Desk", "take from Webhook"},
    "report_counter": {"put_item Desk", "update_item Desk", "take from Reports"},
    "report_exporter": {"put_item Desk", "query gsi2", "put_object Files exports/"},
}


@pytest.fixture(scope="module")
def thief(stack: LocalStack) -> Callable[[str], Thief]:
    """Somebody with the credentials of a function."""
    found = stack.cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    names = {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in found}
    roles = {function.name: function.properties["Role"]["Fn::GetAtt"].removesuffix(".Arn") for function in functions()}
    return lambda name: Thief.of(stack.cloud, roles[name], names)


def test_every_function_is_on_the_list() -> None:
    assert set(MAY) == {function.name for function in functions()}


def test_every_right_on_the_list_is_tried() -> None:
    assert set().union(*MAY.values()) <= {name for name, _ in attempts()}


@pytest.mark.parametrize("name", MAY)
def test_a_functions_credentials_are_good_for_its_work_and_nothing_else(
    thief: Callable[[str], Thief], name: str
) -> None:
    assert allowed(thief(name)) == MAY[name]
