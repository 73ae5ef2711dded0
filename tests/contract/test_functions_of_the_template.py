"""Each function of template.yaml agrees with its folder, and stands beside its log and alarm."""

import ast
import sys
from pathlib import Path

import pytest

from tests.contract.stack_template import Function, alarms, functions, resources
from tests.support.template import ROOT, load_template

each_function = pytest.mark.parametrize("function", functions(), ids=lambda function: function.name)

# Lambda sets it; the template may not.
SET_BY_LAMBDA = {"AWS_REGION"}
# Read by botocore and Powertools themselves, so no call of ours names them.
READ_BY_LIBRARIES = {
    "AWS_ENDPOINT_URL",
    "POWERTOOLS_LOG_LEVEL",
    "POWERTOOLS_METRICS_NAMESPACE",
    "PYDANTIC_DISABLE_PLUGINS",
}


def test_the_template_has_exactly_the_functions_that_have_a_folder() -> None:
    folders = {app.parent.name for app in (ROOT / "functions").glob("*/app.py")}
    assert sorted(function.name for function in functions()) == sorted(folders)


@each_function
def test_handler_is_a_module_with_that_name(function: Function) -> None:
    folder, module, attribute = function.properties["Handler"].split(".")
    source = ROOT / load_template()["Globals"]["Function"]["CodeUri"] / folder / f"{module}.py"
    assert attribute in _names_bound_in(source)


def _names_bound_in(source: Path) -> set[str]:
    bound: set[str] = set()
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            bound.add(node.name)
        if isinstance(node, ast.Assign):
            bound |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            bound.add(node.target.id)
    return bound


def test_all_functions_are_built_from_one_folder() -> None:
    assert load_template()["Globals"]["Function"]["CodeUri"] == "functions/"
    assert [function.name for function in functions() if "CodeUri" in function.properties] == []


@each_function
def test_folder_does_not_hide_a_module_of_the_standard_library(function: Function) -> None:
    assert function.name not in sys.stdlib_module_names


@each_function
def test_environment_declares_exactly_what_the_code_reads(function: Function) -> None:
    declared = set(function.variables) - {"POWERTOOLS_SERVICE_NAME"}
    assert declared == _settings_read_in(ROOT / "functions" / function.name) - SET_BY_LAMBDA


def _settings_read_in(folder: Path) -> set[str]:
    return {name for source in folder.glob("*.py") for name in _settings_read_by(source)}


def _settings_read_by(source: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    reads = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id.endswith("setting")]
    names = [call.args[0] for call in reads]
    assert all(isinstance(name, ast.Constant) for name in names), f"{source} reads a setting whose name is computed"
    return [str(name.value) for name in names if isinstance(name, ast.Constant)]


def test_variables_of_every_function_are_read_by_libraries() -> None:
    assert set(load_template()["Globals"]["Function"]["Environment"]["Variables"]) == READ_BY_LIBRARIES


def test_the_shared_package_reads_no_environment_but_in_two_places() -> None:
    package = ROOT / "layers" / "core" / "helpdesk"
    readers = [source for source in package.rglob("*.py") if "environ" in source.read_text(encoding="utf-8")]
    assert {str(source.relative_to(package)) for source in readers} == {"edge/settings.py", "aws/clients.py"}


@each_function
def test_powertools_calls_the_function_by_its_name(function: Function) -> None:
    assert function.variables["POWERTOOLS_SERVICE_NAME"] == function.name


@each_function
def test_log_is_its_own_and_is_kept_for_a_set_time(function: Function) -> None:
    group = resources()[function.properties["LoggingConfig"]["LogGroup"]["Ref"]]
    assert group["Type"] == "AWS::Logs::LogGroup"
    assert group["Properties"]["LogGroupName"]["Fn::Sub"].endswith(f"/{function.name}")
    assert group["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_every_log_is_kept_for_as_long_as_the_environment_says() -> None:
    groups = resources("AWS::Logs::LogGroup").values()
    assert [it for it in groups if it["Properties"].get("RetentionInDays") != {"Ref": "LogRetentionDays"}] == []


@each_function
def test_an_alarm_watches_its_errors(function: Function) -> None:
    alarm = alarms("Errors")[function.logical_id]
    assert (alarm["Namespace"], alarm["Threshold"]) == ("AWS/Lambda", 1)


@each_function
def test_a_caller_of_an_api_waits_ten_seconds_at_most(function: Function) -> None:
    if function.events("Api") or function.events("HttpApi"):
        assert function.properties["Timeout"] <= 10


def test_the_internal_api_stands_before_the_public_one() -> None:
    order = list(resources())
    assert order.index("InternalApi") < order.index("PublicApi")
