"""Deploy the rewritten template through the emulator's CloudFormation, then make the calls that it leaves out."""

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING, Any

from local.cloud import Cloud
from local.errors import LocalStackError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_s3.type_defs import LifecycleRuleTypeDef

STACK = "poshtiban-local"
CODE_BUCKET = "poshtiban-local-code"
STUB = "stub.zip"
CODE_URI = f"s3://{CODE_BUCKET}/{STUB}"


def deploy(cloud: Cloud, template: dict[str, Any], parameters: dict[str, str]) -> dict[str, str]:
    """Create the stack and return its outputs. Raises LocalStackError with the first reason of a failure."""
    _upload(cloud, template)
    cloud.cloudformation.create_stack(
        StackName=STACK,
        TemplateURL=f"{cloud.endpoint}/{CODE_BUCKET}/template.json",
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM"],
    )
    stack = _wait(cloud)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise LocalStackError(f"The stack cannot be deployed: {_first_reason(cloud, stack)}")
    _finish(cloud, template)
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _upload(cloud: Cloud, template: dict[str, Any]) -> None:
    """The template, and a package without code for every function and layer."""
    cloud.s3.create_bucket(Bucket=CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    stub = io.BytesIO()
    with zipfile.ZipFile(stub, "w") as package:
        package.writestr("README", "The code runs from the working tree.")
    cloud.s3.put_object(Bucket=CODE_BUCKET, Key=STUB, Body=stub.getvalue())
    cloud.s3.put_object(Bucket=CODE_BUCKET, Key="template.json", Body=json.dumps(template).encode())


def _wait(cloud: Cloud) -> "StackTypeDef":
    while True:
        stack = cloud.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
        if not stack["StackStatus"].endswith("IN_PROGRESS"):
            return stack
        time.sleep(0.1)


def _first_reason(cloud: Cloud, stack: "StackTypeDef") -> str:
    events = cloud.cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [event for event in events if "FAILED" in event.get("ResourceStatus", "")]
    if not failed:
        return stack.get("StackStatusReason", stack["StackStatus"])
    first = min(failed, key=lambda event: event["Timestamp"])
    return f"{first.get('LogicalResourceId')}: {first.get('ResourceStatusReason')}"


def _finish(cloud: Cloud, template: dict[str, Any]) -> None:
    """Tables' time to live and buckets' lifecycle, which the emulator's CloudFormation passes over."""
    resources = cloud.cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
    names = {resource["LogicalResourceId"]: resource["PhysicalResourceId"] for resource in resources}
    for logical, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if "TimeToLiveSpecification" in properties:
            cloud.dynamodb.update_time_to_live(
                TableName=names[logical], TimeToLiveSpecification=properties["TimeToLiveSpecification"]
            )
        if "LifecycleConfiguration" in properties:
            cloud.s3.put_bucket_lifecycle_configuration(
                Bucket=names[logical],
                LifecycleConfiguration={
                    "Rules": [lifecycle_rule(it) for it in properties["LifecycleConfiguration"]["Rules"]]
                },
            )


def lifecycle_rule(rule: dict[str, Any]) -> "LifecycleRuleTypeDef":
    """A rule as CloudFormation writes it → the same rule as S3's API writes it."""
    translated: LifecycleRuleTypeDef = {"Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "Id" in rule:
        translated["ID"] = rule["Id"]
    if "ExpirationInDays" in rule:
        translated["Expiration"] = {"Days": rule["ExpirationInDays"]}
    if "ExpiredObjectDeleteMarker" in rule:
        translated["Expiration"] = {"ExpiredObjectDeleteMarker": rule["ExpiredObjectDeleteMarker"]}
    for name in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if name in rule:
            translated[name] = rule[name]  # the same words in both
    return translated
