"""What functions import when they start, as built: start-up is imports, and one careless line undoes the work on it.

Modules, not milliseconds, so that it says the same on any machine; `make bench` has the milliseconds.
"""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.contract.stack_template import Function, functions
from tests.contract.test_artefacts import build, environment_of, on_lambdas_machine, paths_of
from tests.support.routes import FUNCTIONS

__all__ = ["build"]  # a fixture

LOADED = """
import importlib, json, sys
sys.path[:0] = json.loads(sys.argv[1])
importlib.import_module(sys.argv[2])
print(json.dumps(sorted(sys.modules)))
"""

POWERTOOLS = "aws_lambda_powertools"
APIS = set(FUNCTIONS)
WITHOUT_AWS = {"web_site"}
ALL = {function.name for function in functions()}
ONLY_IN = {
    "PIL": {"attachment_checker"},
    "botocore": ALL - WITHOUT_AWS,
    "pydantic": APIS,
    f"{POWERTOOLS}.event_handler": APIS,
    f"{POWERTOOLS}.logging.logger": ALL - WITHOUT_AWS - APIS,
    f"{POWERTOOLS}.metrics": ALL - WITHOUT_AWS - APIS,
    # nowhere: what only some requests need, and what comes along uninvited
    "argon2": set(),
    "asyncio": set(),
    "aws_xray_sdk": set(),
    "boto3": set(),
    "botocore.docs.service": set(),
    "cryptography": set(),
    f"{POWERTOOLS}.event_handler.appsync": set(),
    f"{POWERTOOLS}.event_handler.openapi.merge": set(),
    f"{POWERTOOLS}.event_handler.openapi.models": set(),
    f"{POWERTOOLS}.event_handler.openapi.swagger_ui": set(),
    f"{POWERTOOLS}.utilities.batch": set(),
    f"{POWERTOOLS}.utilities.data_classes.kafka_event": set(),
    f"{POWERTOOLS}.utilities.parser": set(),
    "helpdesk.model.sla": ALL - {"agent_accounts", "customer_accounts"},
    "html.parser": set(),
    "pyotp": {"agent_accounts"},
}


def _loaded(function: Function, build: Path) -> set[str]:
    module = function.properties["Handler"].rpartition(".")[0]
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LOADED, json.dumps(paths_of(function, build)), module],
        env=environment_of(function),
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    return set(json.loads(done.stdout))


@on_lambdas_machine
@pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)
def test_a_function_starts_without_what_it_may_never_need(function: Function, build: Path) -> None:
    forbidden = {module for module, users in ONLY_IN.items() if function.name not in users}
    if function.name in APIS:
        forbidden |= {f"{function.name}.{section}" for section in import_module(f"{function.name}.app").SECTIONS}

    assert _loaded(function, build) & forbidden == set()
