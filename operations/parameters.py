"""What a deployment tells CloudFormation: what samconfig.toml says, what was given, and what the first one asks for."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

SAMCONFIG = Path(__file__).parent.parent / "samconfig.toml"
NOBODYS_NETWORK = "203.0.113.0/24"  # of documentation (RFC 5737): no agent gets in until the real one is given

type Ask = Callable[[str, str], str]
"""From a question and its default to the answer."""


@dataclass(frozen=True)
class Target:
    """One environment of samconfig.toml."""

    stack: str
    overrides: Mapping[str, str]

    @classmethod
    def of(cls, environment: str) -> "Target":
        """The environment's stack, and the parameters that the file sets."""
        section = tomllib.loads(SAMCONFIG.read_text(encoding="utf-8"))[environment]["deploy"]["parameters"]
        return cls(section["stack_name"], pairs(section["parameter_overrides"]))


def pairs(assignments: list[str]) -> dict[str, str]:
    """``["Stage=dev"]`` as a mapping.

    Raises:
        ValueError: one has no "=".
    """
    if wrong := [text for text in assignments if "=" not in text]:
        raise ValueError(f"{wrong[0]} is not of the form Name=value")
    return dict(text.split("=", maxsplit=1) for text in assignments)


def standing(stack: str) -> dict[str, str] | None:
    """The parameters that a stack has; None where there is none yet."""
    try:
        (found,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError as error:
        if "does not exist" in error.response["Error"]["Message"]:
            return None
        raise
    if found["StackStatus"] == "REVIEW_IN_PROGRESS":  # only a change set was made
        return None
    return {it["ParameterKey"]: it["ParameterValue"] for it in found.get("Parameters", [])}


def protect(stack: str) -> None:
    """Refuse to delete the stack from now on, until somebody takes that back on purpose."""
    boto3.client("cloudformation").update_termination_protection(StackName=stack, EnableTerminationProtection=True)


def first_answers(known: Mapping[str, str], ask: Ask) -> dict[str, str]:
    """What a first deployment needs beyond what is known; every question has an answer that works."""
    answers = dict(known)

    def need(name: str, question: str, default: str) -> None:
        if name not in answers:
            answers[name] = ask(question, default)

    if answers.get("InternalAccess") != "private":
        need("InternalCidrs", "Network of the agents, as CIDR blocks (the default lets nobody in)", NOBODYS_NETWORK)
    if answers["Stage"] == "prod":
        need("SmsProvider", "Who sends SMS: aws, or http for a gateway", "aws")
    if answers.get("SmsProvider") == "http":
        need("SmsHttpGateway", "Which gateway: kavenegar, sms.ir or ghasedak", "kavenegar")
        need("SmsHttpSecretArn", "ARN of the secret that holds its API key", "")
    need("AlarmTopicArn", "ARN of the SNS topic that alarms go to (empty: they only change colour)", "")
    return answers


def digest(parameters: Mapping[str, str]) -> str:
    """A name for these values, the same for the same ones."""
    text = "\n".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    return sha256(text.encode()).hexdigest()[:12]
