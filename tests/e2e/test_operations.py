"""What an operator does, on the local stack."""

import pytest

from local.stack import LocalStack
from operations.first_admin import invite

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1"}


def test_a_stack_invites_its_first_administrator_once(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": stack.aws_endpoint}.items():
        monkeypatch.setenv(name, value)
    function = stack.outputs["AgentAccountsFunction"]

    assert "token" in invite(function, "first@poshtiban.example")
    with pytest.raises(SystemExit, match="no second first administrator"):
        invite(function, "second@poshtiban.example")
