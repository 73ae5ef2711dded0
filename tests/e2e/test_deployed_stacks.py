"""What the commands around a deployment do to a small stack beside the desk's."""

import json
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from local.cloud import Cloud
from local.stack import LocalStack
from operations.execute import execute
from operations.parameters import protect, standing
from operations.teardown import holding_data, tear_down
from tests.e2e.test_operations import ENVIRONMENT

KEPT = {"DeletionPolicy": "Retain"}
TEMPLATE = json.dumps(
    {
        "Parameters": {"Stage": {"Type": "String"}},
        "Resources": {
            "DeskTable": {
                "Type": "AWS::DynamoDB::Table",
                **KEPT,
                "Properties": {
                    "BillingMode": "PAY_PER_REQUEST",
                    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                },
            },
            "FilesBucket": {
                "Type": "AWS::S3::Bucket",
                **KEPT,
                "Properties": {"VersioningConfiguration": {"Status": "Enabled"}},
            },
            "KeySecret": {"Type": "AWS::SecretsManager::Secret", **KEPT, "Properties": {"SecretString": "s"}},
        },
    }
)


@pytest.fixture
def cloud(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    for name, value in {**ENVIRONMENT, "AWS_ENDPOINT_URL": stack.aws_endpoint}.items():
        monkeypatch.setenv(name, value)
    return stack.cloud


def shown(cloud: Cloud, stage: str) -> str:
    """A change set that would make a stack for this stage."""
    name = f"small-{uuid4().hex[:8]}"
    cloud.cloudformation.create_change_set(
        StackName=name,
        ChangeSetName="shown",
        ChangeSetType="CREATE",
        TemplateBody=TEMPLATE,
        Parameters=[{"ParameterKey": "Stage", "ParameterValue": stage}],
    )
    return name


def left(cloud: Cloud) -> set[str]:
    """What stands in the account and may hold data."""
    secrets = cloud.secrets.list_secrets()["SecretList"]
    buckets = [bucket["Name"] for bucket in cloud.s3.list_buckets()["Buckets"]]
    return {
        *cloud.dynamodb.list_tables()["TableNames"],
        *buckets,
        *(it["Name"] for it in secrets),
        *(it["ARN"] for it in secrets),
    }


def test_a_stack_that_was_shown_is_made_and_torn_down_without_a_trace(cloud: Cloud) -> None:
    name = shown(cloud, "dev")
    assert standing(name) is None

    assert execute(cloud.cloudformation, name, pause=0.1) == "CREATE_COMPLETE"
    assert standing(name) == {"Stage": "dev"}
    made = {physical_id for _, physical_id in holding_data(name)}
    [bucket] = made & {bucket["Name"] for bucket in cloud.s3.list_buckets()["Buckets"]}
    for body in (b"first", b"second"):
        cloud.s3.put_object(Bucket=bucket, Key="files/a", Body=body)
    assert made <= left(cloud)

    tear_down(name)

    assert len(made) == 3
    assert not made & left(cloud)
    assert standing(name) is None


def test_a_stack_of_prod_is_not_torn_down_whatever_its_name(cloud: Cloud) -> None:
    name = shown(cloud, "prod")
    execute(cloud.cloudformation, name, pause=0.1)

    with pytest.raises(SystemExit, match="production"):
        tear_down(name)

    assert {physical_id for _, physical_id in holding_data(name)} <= left(cloud)


def test_a_protected_stack_is_deleted_by_nobody(cloud: Cloud) -> None:
    name = shown(cloud, "staging")
    execute(cloud.cloudformation, name, pause=0.1)

    protect(name)

    with pytest.raises(SystemExit, match="protected"):
        tear_down(name)
    with pytest.raises(ClientError, match="TerminationProtection"):
        cloud.cloudformation.delete_stack(StackName=name)
    assert {physical_id for _, physical_id in holding_data(name)} <= left(cloud)


def test_where_nothing_was_shown_nothing_is_executed(cloud: Cloud) -> None:
    name = shown(cloud, "dev")
    execute(cloud.cloudformation, name, pause=0.1)

    with pytest.raises(SystemExit, match="No change set"):
        execute(cloud.cloudformation, name, pause=0.1)
