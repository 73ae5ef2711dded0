"""What a deployed stack is made of, by its outputs."""

import boto3


def outputs(stack: str) -> dict[str, str]:
    """The outputs of a CloudFormation stack, by name."""
    found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
