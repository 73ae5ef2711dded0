"""samconfig.toml and the layers agree with the template and the code."""

import ast
import gzip
import json
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.contract.stack_template import functions, resources
from tests.support.template import ROOT, load_template

LAYERS = ROOT / "layers"
REQUIREMENTS = LAYERS / "dependencies" / "requirements.txt"
OURS = {"helpdesk"} | {function.name for function in functions()} | {"_typeshed"}  # the last for type checkers only
PACKAGES = {
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "aws_lambda_powertools": "aws-lambda-powertools",
    "pydantic_core": "pydantic",  # comes with it, at the one version it takes
}
DATA = {"tzdata"}  # read by zoneinfo, imported by nobody
TRIM = runpy.run_path(str(LAYERS / "dependencies" / "trim.py"))
POSTPONE = runpy.run_path(str(LAYERS / "dependencies" / "postpone.py"))


def _samconfig() -> dict[str, Any]:
    return tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))


def test_samconfig_knows_the_four_environments() -> None:
    assert {"dev", "staging", "prod", "local"} <= set(_samconfig())


@pytest.mark.parametrize("environment", ["default", "dev", "staging", "prod"])
def test_samconfig_sets_parameters_that_exist(environment: str) -> None:
    overrides = _samconfig()[environment]["deploy"]["parameters"]["parameter_overrides"]
    values = dict(override.split("=", maxsplit=1) for override in overrides)
    assert set(values) <= set(load_template()["Parameters"])
    assert values["Stage"] == ("dev" if environment == "default" else environment)


def test_the_readme_has_every_parameter_with_its_default_and_its_meaning() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Deploy it")[2]
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*?)`|\(empty\)) \| (.+) \|$", section, re.MULTILINE)
    parameters = load_template()["Parameters"]
    of_the_local_stack = {name for name in parameters if f"`{name}`" in section} - {name for name, *_ in rows}

    assert {name: (default, meaning) for name, default, meaning in rows} == {
        name: (str(parameter["Default"]), " ".join(parameter["Description"].split()))
        for name, parameter in parameters.items()
        if name not in of_the_local_stack
    }
    assert of_the_local_stack == {"AwsEndpointUrl", "S3PublicEndpoint", "LocalOutbox", "SiteRoot"}


def test_samconfig_names_no_account_and_no_bucket() -> None:
    text = (ROOT / "samconfig.toml").read_text(encoding="utf-8")
    assert re.search(r"\b\d{12}\b|^s3_bucket", text, re.MULTILINE) is None


def test_two_stacks_fit_into_one_account() -> None:
    """SAM names schedules and layers after their logical ids, which are the same in every stack."""
    named = [schedule["Name"] for function in functions() for schedule in function.events("ScheduleV2")]
    named += [layer["Properties"]["LayerName"] for layer in resources("AWS::Serverless::LayerVersion").values()]
    assert [name for name in named if not name["Fn::Sub"].startswith("${AWS::StackName}-")] == []


def test_every_requirement_of_the_layer_is_pinned_with_hashes() -> None:
    entries = re.split(r"\n(?=\S)", REQUIREMENTS.read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if not entry.startswith("#")]
    assert pinned
    assert [entry for entry in pinned if not re.match(r"[\w-]+==[\w.]+ .*--hash=sha256:", entry, re.DOTALL)] == []


def test_requirements_name_no_registry() -> None:
    assert "://" not in REQUIREMENTS.read_text(encoding="utf-8")


def test_the_layer_holds_exactly_the_packages_that_the_code_imports() -> None:
    lines = (LAYERS / "dependencies" / "requirements.in").read_text(encoding="utf-8").splitlines()
    wanted = {re.split(r"[=\s]", line)[0] for line in lines if line and not line.startswith("#")}
    imported = {module for source in _sources() for module in _modules_imported_in(source)}
    outside = imported - set(sys.stdlib_module_names) - OURS
    assert {PACKAGES.get(module, module) for module in outside} | DATA == wanted


def _modules_imported_in(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name.split(".")[0] for name in names)


def test_the_layer_keeps_exactly_the_services_that_the_code_calls() -> None:
    assert {service for source in _sources() for service in _clients_made_in(source)} == TRIM["SERVICES"]


def _sources() -> list[Path]:
    return [*(LAYERS / "core" / "helpdesk").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]


def _clients_made_in(source: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    makers = [call for call in calls if _name_of(call.func) in {"client", "_client", "create_client"} and call.args]
    return [str(call.args[0].value) for call in makers if isinstance(call.args[0], ast.Constant)]


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.fixture
def botocore(tmp_path: Path) -> Path:
    """As much of an unpacked botocore as trimming looks at."""
    folder = tmp_path / "botocore"
    for service in ("s3", "ec2"):
        (folder / "data" / service / "2006-03-01").mkdir(parents=True)
    partitions = [{"partition": "aws", "services": {"s3": {}, "ec2": {}}}, {"partition": "aws-cn", "services": {}}]
    (folder / "data" / "endpoints.json").write_text(json.dumps({"partitions": partitions, "version": 3}))
    model = {
        "operations": {"Get": {"documentation": "<p>Gets.</p>"}},
        "shapes": {"documentation": {"type": "string"}},
        "clientContextParams": {"Accelerate": {"documentation": "Asked for at each call."}},
    }
    packed = gzip.compress(json.dumps(model).encode())
    (folder / "data" / "s3" / "2006-03-01" / "service-2.json.gz").write_bytes(packed)
    (folder / "docs").mkdir()
    for name in ("__init__.py", "docstring.py", "service.py", "utils.py"):
        (folder / "docs" / name).write_text("import botocore.docs.service\n")
    return folder


def test_trimming_leaves_valid_lists_of_addresses(botocore: Path) -> None:
    TRIM["main"](botocore.parent)

    data = botocore / "data"
    assert [folder.name for folder in data.iterdir() if folder.is_dir()] == ["s3"]
    left = json.loads((data / "endpoints.json").read_text(encoding="utf-8"))
    assert left == {"partitions": [{"partition": "aws", "services": {"s3": {}}}], "version": 3}


def test_trimming_takes_the_texts_out_of_a_service_and_nothing_else(botocore: Path) -> None:
    TRIM["main"](botocore.parent)

    left = json.loads((botocore / "data" / "s3" / "2006-03-01" / "service-2.json").read_text(encoding="utf-8"))
    assert left == {
        "operations": {"Get": {}},
        "shapes": {"documentation": {"type": "string"}},
        "clientContextParams": {"Accelerate": {"documentation": "Asked for at each call."}},
    }


def test_trimming_leaves_the_docstrings_that_clients_name(botocore: Path) -> None:
    TRIM["main"](botocore.parent)

    left = runpy.run_path(str(botocore / "docs" / "docstring.py"))
    assert {path.name for path in (botocore / "docs").iterdir()} == {"__init__.py", "docstring.py", "utils.py"}
    for name in ("ClientMethodDocstring", "PaginatorDocstring", "WaiterDocstring"):
        assert left[name]("operation", model=None) == ""


def test_a_package_whose_imports_wait_still_has_every_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "waiting_package"
    package.mkdir()
    (package / "__init__.py").write_text("from waiting_package.far import Far\nfrom .near import Near\nHERE = 1\n")
    (package / "far.py").write_text("class Far: ...\n")
    (package / "near.py").write_text("class Near: ...\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    POSTPONE["postpone"](package / "__init__.py")
    made = import_module("waiting_package")

    assert not {"waiting_package.far", "waiting_package.near"} & set(sys.modules)
    assert (made.Far.__name__, made.Near.__name__, made.HERE) == ("Far", "Near", 1)
    with pytest.raises(AttributeError, match="Nowhere"):
        _ = made.Nowhere


def test_a_package_keeps_the_imports_that_it_uses_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "busy_package"
    package.mkdir()
    (package / "__init__.py").write_text("from busy_package.near import Near, make\nmade = make()\n")
    (package / "near.py").write_text("class Near: ...\ndef make():\n    return Near()\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    POSTPONE["postpone"](package / "__init__.py")
    made = import_module("busy_package")

    assert isinstance(made.made, made.Near)


def test_an_import_goes_to_where_a_function_uses_it(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        'from nowhere import far\nimport json\ndef go(so=True):\n    """Go."""\n    if so:\n        return far\n'
        "def stay():\n    return json.dumps(1)\n"
    )

    POSTPONE["move_into_functions"](module)
    left = runpy.run_path(str(module))

    assert left["stay"]() == "1"
    assert left["go"](so=False) is None
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        left["go"]()


def test_trimming_leaves_shapes_without_their_fields(botocore: Path) -> None:
    module = botocore.parent / "pydantic_core" / "core_schema.py"
    module.parent.mkdir()
    module.write_text(
        "from typing import TypedDict\nclass Shape(TypedDict, total=False):\n    kind: str\n"
        "class Thing:\n    kind = 'thing'\n"
    )

    TRIM["main"](botocore.parent)
    left = runpy.run_path(str(module))

    assert (left["Shape"].__annotations__, left["Shape"](kind="any"), left["Thing"].kind) == (
        {},
        {"kind": "any"},
        "thing",
    )


@pytest.mark.parametrize("workflow", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda file: file.stem)
def test_workflows_run_targets_that_exist(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    jobs = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]

    asked = re.findall(r"make ([a-z-]+)", "\n".join(commands))

    assert asked
    assert set(asked) <= targets
    assert workflow.stem != "check" or any(command.endswith("bash .ci/run") for command in commands)


def test_a_deployment_executes_what_was_shown_by_roles_without_stored_keys() -> None:
    text = (ROOT / ".github" / "workflows" / "deploy.yml").read_text(encoding="utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    commands = {name: next(step["run"] for step in job["steps"] if "run" in step) for name, job in jobs.items()}

    assert "make change-set" in commands["change-set"]
    assert "make execute" in commands["deploy"]
    assert jobs["deploy"]["needs"] == "change-set"
    assert jobs["deploy"]["environment"] == "${{ inputs.stage }}"
    assert all(job["permissions"]["id-token"] == "write" for job in jobs.values())
    assert "secrets." not in text
