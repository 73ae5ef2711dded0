"""One client for each AWS service, made when it is first wanted.

They come from botocore's session: importing boto3 on top of it costs start-up time and adds nothing to a client.
"""

import os
from functools import cache
from typing import Any, Literal

import botocore.session
from botocore.config import Config

from helpdesk.aws.patience import patience

_CONNECT_SECONDS = 1
_READ_SECONDS = 2
_SENDING_SECONDS = 5
_ATTEMPTS = 3
_POOL = 32

# A template parameter cannot be absent: an empty one means AWS's own endpoints.
if not os.environ.get("AWS_ENDPOINT_URL"):
    os.environ.pop("AWS_ENDPOINT_URL", None)


def dynamodb() -> Any:
    """The DynamoDB client.

    botocore does not check what is sent, which for a transaction takes a fifth of the whole request: `store/` alone
    writes what is sent, tests run it, and DynamoDB checks it.
    """
    return _client("dynamodb", checks=False)


def sqs() -> Any:
    """The SQS client."""
    return _client("sqs")


def sns() -> Any:
    """The SNS client."""
    return _client("sns")


def sns_for_sms() -> Any:
    """The SNS client for text messages: it makes each call once, since a repeated one is a second message."""
    return _client("sns", attempts=1, read_seconds=_SENDING_SECONDS)


def ses() -> Any:
    """The SES client: it makes each call once, since a repeated one is a second e-mail."""
    return _client("sesv2", attempts=1, read_seconds=_SENDING_SECONDS)


def secrets() -> Any:
    """The Secrets Manager client."""
    return _client("secretsmanager")


@cache
def s3(endpoint: str = "") -> Any:
    """The S3 client; with an endpoint, one that signs URLs for what a browser can reach."""
    style: Literal["path", "virtual"] = "path" if endpoint or os.environ.get("AWS_ENDPOINT_URL") else "virtual"
    config = _config().merge(Config(signature_version="s3v4", s3={"addressing_style": style}))
    return patience.watch(_session().create_client("s3", config=config, endpoint_url=endpoint or None))


@cache
def _client(service: str, *, attempts: int = _ATTEMPTS, read_seconds: int = _READ_SECONDS, checks: bool = True) -> Any:
    config = _config(attempts, read_seconds).merge(Config(parameter_validation=checks))
    return patience.watch(_session().create_client(service, config=config))


@cache
def _session() -> Any:
    return botocore.session.get_session()


def _config(attempts: int = _ATTEMPTS, read_seconds: int = _READ_SECONDS) -> Config:
    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"mode": "standard", "total_max_attempts": attempts},
        max_pool_connections=_POOL,
    )
