"""An error of AWS says whether a message may be tried again."""

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from helpdesk.aws.provider_faults import provider_faults
from helpdesk.model.delivery import NotSentError, ProviderError, RefusedError, UncertainError

URL = "https://sns.eu-central-1.amazonaws.com/?PhoneNumber=+989121234567"


def _answer(code: str, status: int) -> ClientError:
    text = f"Invalid parameter: PhoneNumber Reason: +989121234567 is not valid ({URL})"
    return ClientError(
        {"Error": {"Code": code, "Message": text}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]
        "Publish",
    )


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (_answer("InvalidParameter", 400), RefusedError),
        (ParamValidationError(report="PhoneNumber"), RefusedError),
        (_answer("Throttling", 400), NotSentError),
        (_answer("AuthorizationError", 403), NotSentError),
        (ConnectTimeoutError(endpoint_url=URL), NotSentError),
        (EndpointConnectionError(endpoint_url=URL), NotSentError),
        (NoCredentialsError(), NotSentError),
        (_answer("InternalError", 500), UncertainError),
        (_answer("ServiceUnavailable", 503), UncertainError),
        (ReadTimeoutError(endpoint_url=URL), UncertainError),
        (ConnectionClosedError(endpoint_url=URL), UncertainError),
    ],
)
def test_an_error_decides_whether_the_message_is_tried_again(fault: Exception, error: type[ProviderError]) -> None:
    with pytest.raises(error) as failed, provider_faults({"InvalidParameter"}):
        raise fault

    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    assert "912" not in str(failed.value)


def test_an_error_of_our_own_is_left_alone() -> None:
    with pytest.raises(ZeroDivisionError), provider_faults(()):
        raise ZeroDivisionError
