"""Deploy what `make build` made: ``python -m operations.deploy ENV [Name=value …]`` (`make deploy`).

A first deployment asks for what it needs, or takes the defaults where nobody can be asked. CloudFormation keeps each
parameter's value until it is told another, so later ones ask nothing.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from botocore.exceptions import NoCredentialsError, NoRegionError

from operations.parameters import Target, digest, first_answers, pairs, protect, standing
from operations.restored import template_for

BUILT = Path(__file__).parent.parent / ".aws-sam" / "build" / "template.yaml"
BY_HAND = "Poshtiban, deployed by hand"


def main() -> int:
    """Run `sam deploy`, which shows the change set, and return its status."""
    parser = argparse.ArgumentParser(prog="make deploy", description=__doc__)
    parser.add_argument("environment", choices=("dev", "staging", "prod"))
    parser.add_argument("given", nargs="*", metavar="Name=value", help="parameters of the template")
    parser.add_argument("--unasked", action="store_true", help="do not ask before the change set is executed")
    parser.add_argument("--only-show", action="store_true", help="make the change set and leave it for make execute")
    options = parser.parse_args()
    target = Target.of(options.environment)
    try:
        present = standing(target.stack)
    except (NoCredentialsError, NoRegionError) as error:
        sys.exit(f"{error}: choose the account by AWS_PROFILE and AWS_REGION.")
    overrides = {**target.overrides, **pairs(options.given)}
    if present is None:
        print(f"There is no stack {target.stack} yet. Enter takes what stands in brackets.")
        overrides = first_answers(overrides, answer_of_person if sys.stdin.isatty() else default_answer)
    name_the_release(BUILT, {**(present or {}), **overrides})
    switches = ["--no-confirm-changeset"] if options.unasked else []
    switches += ["--no-confirm-changeset", "--no-execute-changeset"] if options.only_show else []
    switches += ["--template-file", str(template_for(options.environment, BUILT))]
    status = subprocess.run(command(options.environment, overrides, switches), check=False).returncode  # noqa: S603
    if options.environment == "prod" and not status and standing(target.stack):
        protect(target.stack)
    return status


def answer_of_person(question: str, default: str) -> str:
    """What is typed, or the default."""
    return input(f"{question} [{default}]: ").strip() or default


def default_answer(question: str, default: str) -> str:
    """The default, said aloud."""
    print(f"{question}: {default or '(empty)'}")
    return default


def name_the_release(built: Path, parameters: Mapping[str, str]) -> None:
    """Write other parameters' name into every function's description, so that each is published anew.

    An alias stays with a version, and SAM makes one only of a function that it sees change.
    """
    text = built.read_text(encoding="utf-8")
    start = text.index(BY_HAND.removesuffix(" by hand"))
    end = text.index("\n", start)
    built.write_text(f"{text[:start]}Poshtiban, deployed as {digest(parameters)}{text[end:]}", encoding="utf-8")


def command(environment: str, overrides: Mapping[str, str], switches: list[str]) -> list[str]:
    """`sam deploy` with all that samconfig.toml has besides the parameters."""
    told = [f'{name}="{value}"' for name, value in overrides.items()]
    return ["sam", "deploy", "--config-env", environment, *switches, "--parameter-overrides", *told]


if __name__ == "__main__":
    sys.exit(main())
