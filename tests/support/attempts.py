"""Calls that whoever stole a function's credentials would try: harmless where they succeed, and each has a name.

Writes carry a condition that no item meets, so that nothing is written where the right is there.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local.cloud import CONFIG, Cloud

INDEXES = ("lsi1", "gsi1", "gsi2", "gsi3", "gsi4", "gsi5")
QUEUES = ("Sms", "Email", "Inbox", "Webhook", "Reports")
FOLDERS = (("Uploads", "uploads/"), ("Files", "files/"), ("Files", "exports/"), ("Files", "other/"))

_REFUSALS = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException"}
_NOBODY = {"pk": {"S": "NOBODY#of this name"}, "sk": {"S": "NOTHING"}}
_NEVER = {"ConditionExpression": "attribute_exists(pk)"}
_TOO_LONG = "x" * 300_000  # SNS takes a quarter of a megabyte, so nothing goes out

# A code that ran out long ago: sms_sender and email_sender drop it, and the other queues take none of it.
_EXPIRED_CODE = json.dumps(
    {
        "id": "01JD0000000000000000000000",
        "kind": "code",
        "to": "+989120000000",
        "code": "000000",
        "purpose": "registration",
        "language": "fa",
        "expires_at": "2020-01-01T00:00:00.000Z",
        "deliver": False,
    }
)


@dataclass(frozen=True)
class Thief:
    """Somebody who holds a function's credentials, and knows what there is to take by its physical name."""

    session: boto3.Session
    endpoint: str
    names: dict[str, str]
    clients: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, cloud: Cloud, role: str, names: dict[str, str]) -> "Thief":
        """Whoever assumed this role; the emulator lets root do so, AWS would let Lambda alone."""
        sts = cloud.session.client("sts", endpoint_url=cloud.endpoint, config=CONFIG)
        arn = f"arn:aws:iam::000000000000:role/{names[role]}"
        keys = sts.assume_role(RoleArn=arn, RoleSessionName="thief")["Credentials"]
        held = boto3.Session(
            keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], cloud.session.region_name
        )
        return cls(held, cloud.endpoint, names)

    def call(self, service: str, operation: str, **arguments: Any) -> object:
        """Make a call; an argument "@Name" stands for the physical name of that resource."""
        client = self.clients.get(service) or self._client(service)
        return getattr(client, operation)(**{key: self._named(value) for key, value in arguments.items()})

    def _client(self, service: str) -> Any:
        client: Any = self.session.client(service, endpoint_url=self.endpoint, config=CONFIG)  # type: ignore[call-overload]
        return self.clients.setdefault(service, client)

    def _named(self, value: Any) -> Any:
        return self.names[value[1:]] if isinstance(value, str) and value.startswith("@") else value


type Attempt = Callable[[Thief], object]


def allowed(thief: Thief) -> set[str]:
    """The names of the attempts that were not refused."""
    return {name for name, attempt in attempts() if _passes(attempt, thief)}


def _passes(attempt: Attempt, thief: Thief) -> bool:
    try:
        attempt(thief)
    except ClientError as error:
        return error.response["Error"]["Code"] not in _REFUSALS
    return True


def attempts() -> Iterator[tuple[str, Attempt]]:
    """Every attempt with its name."""
    yield from _tables()
    yield from _buckets()
    yield from _channels()
    yield from _the_rest()


def _calling(service: str, operation: str, **arguments: Any) -> Attempt:
    return lambda thief: thief.call(service, operation, **arguments)


def _tables() -> Iterator[tuple[str, Attempt]]:
    for table in ("Accounts", "Sessions", "Desk"):
        key = {"pk": _NOBODY["pk"]} if table == "Sessions" else _NOBODY
        with_key: dict[str, dict[str, Any]] = {
            "get_item": {"Key": key},
            "put_item": {"Item": key, **_NEVER},
            "update_item": {"Key": key, **_NEVER},
            "delete_item": {"Key": key, **_NEVER},
        }
        for operation, arguments in (with_key | {"scan": {}, "describe_table": {}}).items():
            yield f"{operation} {table}", _calling("dynamodb", operation, TableName=f"@{table}Table", **arguments)
        yield f"query {table}", _query(table, "pk")
    for index in INDEXES:
        yield f"query {index}", _query("Desk", "pk" if index == "lsi1" else f"{index}pk", IndexName=index)
        yield f"scan {index}", _calling("dynamodb", "scan", TableName="@DeskTable", IndexName=index)


def _query(table: str, key: str, **index: str) -> Attempt:
    return _calling(
        "dynamodb",
        "query",
        TableName=f"@{table}Table",
        KeyConditionExpression=f"{key} = :key",
        ExpressionAttributeValues={":key": _NOBODY["pk"]},
        **index,
    )


def _buckets() -> Iterator[tuple[str, Attempt]]:
    for bucket, folder in FOLDERS:
        place = {"Bucket": f"@{bucket}Bucket", "Key": f"{folder}nothing-of-anybody"}
        yield f"get_object {bucket} {folder}", _calling("s3", "get_object", **place)
        yield f"put_object {bucket} {folder}", _calling("s3", "put_object", **place, Body=b"")
        yield f"delete_object {bucket} {folder}", _calling("s3", "delete_object", **place)
    for bucket in ("Uploads", "Files"):
        yield f"list {bucket}", _calling("s3", "list_objects_v2", Bucket=f"@{bucket}Bucket")
    version = {"Bucket": "@UploadsBucket", "Key": "uploads/nothing-of-anybody", "VersionId": "null"}
    yield "get_object_version Uploads", _calling("s3", "get_object", **version)
    yield "read the code", _calling("s3", "get_object", Bucket="poshtiban-local-code", Key="stub.zip")


def _channels() -> Iterator[tuple[str, Attempt]]:
    for queue in QUEUES:
        for name, place in ((queue, "Queue"), (f"dead letters of {queue}", "DeadLetters")):
            queue_url = {"QueueUrl": f"@{queue}{place}"}
            yield f"take from {name}", _calling("sqs", "receive_message", **queue_url, VisibilityTimeout=0)
            yield f"send to {name}", _calling("sqs", "send_message", **queue_url, MessageBody=_EXPIRED_CODE)
    yield "publish", _calling("sns", "publish", TopicArn="@DeskEvents", Message=_TOO_LONG)


def _the_rest() -> Iterator[tuple[str, Attempt]]:
    for secret in ("CursorKeySecret", "CodePepperSecret", "TotpKeySecret", "WebhookKeySecret"):
        yield f"read {secret}", _calling("secretsmanager", "get_secret_value", SecretId=f"@{secret}")
    yield "invoke", _calling("lambda", "invoke", FunctionName="@AgentAccountsFunction", InvocationType="DryRun")
    yield "read the functions' settings", _calling("lambda", "list_functions")
    yield "read roles", _calling("iam", "list_roles")
    yield "read logs", _calling("logs", "filter_log_events", logGroupName="@SmsSenderLogs")
    yield "export the desk", _calling("dynamodb", "list_exports")
