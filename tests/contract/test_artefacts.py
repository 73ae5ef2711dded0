"""What `sam build` makes can be loaded by Lambda: each handler, with nothing but its own build and its layers."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.stack_template import Function, functions
from tests.support.template import ROOT, load_template

BUILD = ROOT / ".aws-sam" / "build"
SAM = ROOT / ".venv-sam" / "bin" / "sam"
SOURCES = ["template.yaml", "samconfig.toml", "functions", "layers/core", "layers/dependencies"]

# Imports the handler as Lambda would, with every route of an API, and tells which file that was.
IMPORT = """
import importlib, json, sys
sys.path[:0] = json.loads(sys.argv[1])
module, _, name = sys.argv[2].rpartition(".")
app = importlib.import_module(module)
assert callable(getattr(app, name))
if hasattr(app, "api"):
    app.api.load_all()
print(app.__file__)
"""

# A call by each service's client, up to the point where it would be sent.
CALL = """
import sys
sys.path[:0] = [sys.argv[1]]
import botocore.session
class Sent(Exception): pass
def stop(**_): raise Sent
client = botocore.session.Session().create_client(sys.argv[2], aws_access_key_id="a", aws_secret_access_key="b")
client.meta.events.register("before-send", stop)
try:
    getattr(client, sys.argv[3])(**eval(sys.argv[4]))
except Sent:
    print("sent")
"""
CALLS = {
    "dynamodb": ("get_item", {"TableName": "desk", "Key": {"pk": {"S": "a"}}}),
    "s3": ("get_object", {"Bucket": "files", "Key": "a"}),
    "secretsmanager": ("get_secret_value", {"SecretId": "a"}),
    "sesv2": ("send_email", {"Content": {"Raw": {"Data": b"a"}}}),
    "sns": ("publish", {"Message": "a", "PhoneNumber": "+98"}),
    "sqs": ("send_message", {"QueueUrl": "https://sqs.eu-central-1.amazonaws.com/1/a", "MessageBody": "a"}),
}

on_lambdas_machine = pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"),
    reason="the layer holds wheels for Lambda's machine, Linux on x86_64",
)


@pytest.fixture(scope="session")
def build() -> Path:
    """The build's folder, made anew if something it is made from has changed since."""
    made = BUILD / "template.yaml"
    if not made.exists() or made.stat().st_mtime < _latest_change():
        assert SAM.exists(), "run `make venv` first: the artefacts are built by .venv-sam"
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "AWS_DEFAULT_REGION": "eu-central-1",
            "SAM_CLI_TELEMETRY": "0",
        }
        done = subprocess.run([SAM, "build"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return BUILD


def _latest_change() -> float:
    files = [path for name in SOURCES for path in [ROOT / name, *(ROOT / name).rglob("*")]]
    return max(path.stat().st_mtime for path in files if path.suffix != ".pyc" and path.is_file())


@on_lambdas_machine
@pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)
def test_handler_is_imported_from_its_build_and_layers_alone(function: Function, build: Path) -> None:
    paths = paths_of(function, build)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", IMPORT, json.dumps(paths), function.properties["Handler"]],
        env=environment_of(function),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{paths[0]}/{function.name}/app.py"


@on_lambdas_machine
@pytest.mark.parametrize("service", CALLS)
def test_the_trimmed_layer_still_calls_each_service(service: str, build: Path) -> None:
    operation, arguments = CALLS[service]
    layer = str(build / "DependenciesLayer" / "python")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", CALL, layer, service, operation, repr(arguments)],
        env={"AWS_DEFAULT_REGION": "eu-central-1"},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert done.stdout.strip() == "sent", done.stderr


def paths_of(function: Function, build: Path) -> list[str]:
    """Where Lambda would look for modules before its own."""
    layers = load_template()["Globals"]["Function"]["Layers"]
    return [str(build / function.logical_id), *(str(build / layer["Ref"] / "python") for layer in layers)]


def environment_of(function: Function) -> dict[str, str]:
    """What Lambda would set after a deployment with the parameters' defaults."""
    declared = load_template()["Globals"]["Function"]["Environment"]["Variables"] | function.variables
    region = dict.fromkeys(["AWS_REGION", "AWS_DEFAULT_REGION"], "eu-central-1")
    return {name: _value_of(value) for name, value in declared.items()} | region


def _value_of(value: object) -> str:
    match value:
        case str():
            return value
        case {"Ref": name} if name in load_template()["Parameters"]:
            return str(load_template()["Parameters"][name]["Default"])
        case {"Fn::If": [_, _, otherwise]}:
            return _value_of(otherwise)
    return 8 * "stand-in"  # a name or a key that is only known once it is deployed


@pytest.mark.parametrize("layer", ["CoreLayer", "DependenciesLayer"])
def test_layers_carry_bytecode_that_needs_no_check(layer: str, build: Path) -> None:
    modules = [path for path in (build / layer / "python").rglob("*.py") if "__pycache__" not in path.parts]
    compiled = {path: path.parent / "__pycache__" / f"{path.stem}.cpython-313.pyc" for path in modules}
    assert modules
    assert [path for path, pyc in compiled.items() if not pyc.exists()] == []
    assert {pyc.read_bytes()[4:8] for pyc in compiled.values()} == {b"\x01\x00\x00\x00"}  # PEP 552: unchecked hash


def test_a_function_ships_no_dependency_of_its_own(build: Path) -> None:
    folders = {function.name for function in functions()}
    for function in functions():
        shipped = {path.name for path in (build / function.logical_id).iterdir() if not path.name.startswith(".")}
        assert shipped == folders


def test_layers_fit_lambdas_limit(build: Path) -> None:
    """250 MB unzipped for a function and all its layers (Lambda quotas); a tenth of it is left to the web apps."""
    sizes = [path.stat().st_size for layer in ("CoreLayer", "DependenciesLayer") for path in (build / layer).rglob("*")]
    assert sum(sizes) < 0.9 * 250 * 1024 * 1024
