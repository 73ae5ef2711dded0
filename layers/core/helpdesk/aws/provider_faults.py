"""What an error of AWS says of a message: refused, surely not sent, or nobody knows.

The original error is dropped, since it may name the phone number or the address.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    ParamValidationError,
)

from helpdesk.model.delivery import NotSentError, ProviderError, RefusedError, UncertainError

_BEFORE_SENDING = (ConnectTimeoutError, EndpointConnectionError, NoCredentialsError, CredentialRetrievalError)


@contextmanager
def provider_faults(refusals: Collection[str]) -> Iterator[None]:
    """Raise the errors of `model.delivery` instead of AWS's.

    Args:
        refusals: codes by which the service says that it will never take this message.
    """
    try:
        yield
    except ClientError as error:
        raise _translated(error, refusals) from None
    except ParamValidationError:
        raise RefusedError("ParamValidation") from None
    except _BEFORE_SENDING as error:
        raise NotSentError(type(error).__name__) from None
    except BotoCoreError as error:
        raise UncertainError(type(error).__name__) from None


def _translated(error: ClientError, refusals: Collection[str]) -> ProviderError:
    code = error.response["Error"]["Code"]
    if code in refusals:
        return RefusedError(code)
    if error.response["ResponseMetadata"]["HTTPStatusCode"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return UncertainError(code)
    return NotSentError(code)
