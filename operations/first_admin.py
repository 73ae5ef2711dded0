"""Invite the first administrator of a stack: ``python -m operations.first_admin STACK EMAIL`` (`make first-admin`)."""

import argparse
import json
import sys

import boto3

from operations.stack import outputs

FUNCTION = "AgentAccountsFunction"


def main() -> None:
    """Print the invitation, which works once; a stack gives it once."""
    parser = argparse.ArgumentParser(description="Invite the first administrator of a stack.")
    parser.add_argument("stack", help="name of the CloudFormation stack")
    parser.add_argument("email", help="address that the administrator will sign in with")
    options = parser.parse_args()
    print(invite(outputs(options.stack)[FUNCTION], options.email))


def invite(function: str, email: str) -> str:
    """What the function answers, as text; an error of it ends the program."""
    payload = json.dumps({"first_admin": {"email": email}})
    answer = boto3.client("lambda").invoke(FunctionName=function, Payload=payload)
    text = answer["Payload"].read().decode()
    if answer.get("FunctionError"):
        sys.exit(f"There is no second first administrator, or the address is not right: {text}")
    return text


if __name__ == "__main__":
    main()
