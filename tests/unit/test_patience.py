"""Past the time that a caller is kept waiting, no call to AWS begins and none is repeated."""

from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config
from botocore.exceptions import ClientError

from helpdesk.aws.patience import OutOfTimeError, Patience


class Throttled(AWSResponse):
    """What DynamoDB answers when it is asked too much."""

    def __init__(self) -> None:
        super().__init__("http://dynamodb", 400, HTTPHeaders(), None)
        self._content = b'{"__type": "ThrottlingException"}'


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def calls() -> list[int]:
    """Gets a one for each call that began."""
    return []


@pytest.fixture
def client(patience: Patience, calls: list[int]) -> Any:
    """A DynamoDB client that is always throttled, and waits no longer than the test does."""
    config = Config(retries={"mode": "standard", "total_max_attempts": 3}, region_name="eu-central-1")
    made = patience.watch(
        botocore.session.get_session().create_client(
            "dynamodb", config=config, aws_access_key_id="test", aws_secret_access_key="test"
        )
    )

    def answer(**_: object) -> AWSResponse:
        calls.append(1)
        return Throttled()

    made.meta.events.register_last("before-send.dynamodb", answer)
    return made


def read(client: Any) -> None:
    client.get_item(TableName="desk", Key={"pk": {"S": "1"}})


def test_a_call_does_not_begin_when_the_time_is_over(client: Any, patience: Patience, calls: list[int]) -> None:
    with patience.limited(-1), pytest.raises(OutOfTimeError, match="GetItem"):
        read(client)

    assert calls == []


def test_a_call_is_repeated_while_there_is_time(
    client: Any, patience: Patience, calls: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)

    with patience.limited(60), pytest.raises(ClientError, match="ThrottlingException"):
        read(client)

    assert len(calls) == 3


def test_a_call_that_took_all_the_time_is_not_repeated(
    client: Any, patience: Patience, calls: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    began = iter([0.0, 1.0, 61.0])  # the limit is set, the call begins, its answer is there
    monkeypatch.setattr("helpdesk.aws.patience.time.monotonic", lambda: next(began))

    with patience.limited(60), pytest.raises(ClientError, match="ThrottlingException"):
        read(client)

    assert len(calls) == 1


def test_the_limit_ends_with_the_request(
    client: Any, patience: Patience, calls: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with patience.limited(-1):
        pass

    with pytest.raises(ClientError, match="ThrottlingException"):
        read(client)

    assert len(calls) == 3
