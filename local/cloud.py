"""Clients of the emulated AWS, as its administrator."""

from functools import cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from local.emulator import HOST, REGION

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

CONFIG = Config(
    retries={"mode": "standard", "total_max_attempts": 1},
    signature_version="v4",
    s3={"addressing_style": "path"},
    connect_timeout=2,
    read_timeout=60,
)


class Cloud:
    """The services of one emulator; root's credentials are test/test there."""

    def __init__(self, port: int, host: str = HOST) -> None:
        self.endpoint = f"http://{host}:{port}"
        self.session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)  # noqa: S106

    @cached_property
    def cloudformation(self) -> "CloudFormationClient":
        return self.session.client("cloudformation", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        return self.session.client("dynamodb", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def functions(self) -> "LambdaClient":
        return self.session.client("lambda", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def logs(self) -> "CloudWatchLogsClient":
        return self.session.client("logs", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def s3(self) -> "S3Client":
        return self.session.client(
            "s3", endpoint_url=self.endpoint, config=CONFIG.merge(Config(signature_version="s3v4"))
        )

    @cached_property
    def secrets(self) -> "SecretsManagerClient":
        return self.session.client("secretsmanager", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def sns(self) -> "SNSClient":
        return self.session.client("sns", endpoint_url=self.endpoint, config=CONFIG)

    @cached_property
    def sqs(self) -> "SQSClient":
        return self.session.client("sqs", endpoint_url=self.endpoint, config=CONFIG)

    def close(self) -> None:
        """Close the connections of the clients that were used."""
        for client in (value for value in vars(self).values() if hasattr(value, "meta")):
            client.close()
