"""What CloudFormation gets once SAM has read the template: whoever calls a function calls what CodeDeploy moves."""

import json
from functools import cache
from itertools import chain
from typing import Any

import pytest

from local.expand import expand
from tests.contract.stack_template import functions, strings
from tests.support.template import ROOT

ALWAYS = {"Stage": "dev", "InternalCidrs": "203.0.113.0/24"}
SHIFT = "Canary10Percent5Minutes"

# What is told apart by a condition, both ways; cfn-lint looks into the conditions of the template itself.
CHOICES = [
    {"TrafficShift": SHIFT},
    {"Stage": "prod", "SmsProvider": "aws"},
    {"InternalAccess": "private", "InternalVpcEndpointIds": "vpce-1,vpce-2"},
    {"SmsProvider": "http", "SmsHttpUrl": "https://sms.example", "SmsHttpSecretArn": "arn:aws:secretsmanager:x"},
    {"PublicOrigin": "https://help.example.com", "PublicCertificateArn": "arn:aws:acm:eu-central-1:1:certificate/c"},
    {"CloudFront": "yes", "OriginVerify": "secret", "PublicOrigin": "https://help.example.com"},
    {"EmailProvider": "ses", "EmailSender": "desk@example.com", "AcceptPreviousKeys": "yes"},
]


def expanded(parameters: dict[str, str]) -> dict[str, Any]:
    """Resources by logical id."""
    return _expanded(json.dumps(ALWAYS | parameters))


@cache
def _expanded(parameters: str) -> dict[str, Any]:
    resources: dict[str, Any] = expand(ROOT / "template.yaml", json.loads(parameters), "s3://bucket/key")["Resources"]
    return resources


def _of_type(resources: dict[str, Any], type_: str) -> dict[str, dict[str, Any]]:
    return {name: it["Properties"] for name, it in resources.items() if it["Type"] == type_}


@pytest.mark.parametrize("parameters", CHOICES, ids=lambda chosen: "-".join(chosen))
def test_the_template_expands_to_one_alias_for_each_function(parameters: dict[str, str]) -> None:
    aliases = _of_type(expanded(parameters), "AWS::Lambda::Alias")
    assert {alias["FunctionName"]["Ref"] for alias in aliases.values()} == {it.logical_id for it in functions()}
    assert {alias["Name"] for alias in aliases.values()} == {"live"}


def test_everything_that_calls_a_function_calls_its_alias() -> None:
    resources = expanded({})
    callers = chain(
        *(_of_type(resources, type_).values() for type_ in ("AWS::Lambda::Permission", "AWS::Scheduler::Schedule")),
        *(_of_type(resources, type_).values() for type_ in ("AWS::Lambda::EventSourceMapping", "AWS::S3::Bucket")),
        (resources[api]["Properties"]["Body"] for api in ("PublicApi", "InternalApi")),
    )
    named = " ".join(text for caller in callers for text in strings(caller))

    for function in functions():
        assert f"{function.logical_id}Aliaslive" in named
        assert f"{function.logical_id}." not in named
        assert function.logical_id not in named.replace("${", " ").replace("}", " ").split()


def test_the_shift_is_the_parameters_and_the_functions_own_alarm_ends_it() -> None:
    resources = expanded({"TrafficShift": SHIFT})
    groups = _of_type(resources, "AWS::CodeDeploy::DeploymentGroup")

    for function in functions():
        group = groups[f"{function.logical_id}DeploymentGroup"]
        alarm = f"{function.logical_id.removesuffix('Function')}ErrorsAlarm"
        assert group["DeploymentConfigName"]["Fn::Sub"][1] == {"ConfigName": SHIFT}
        assert group["AlarmConfiguration"] == {"Enabled": True, "Alarms": [{"Name": {"Ref": alarm}}]}
        assert "DEPLOYMENT_STOP_ON_ALARM" in group["AutoRollbackConfiguration"]["Events"]
        alias = resources[f"{function.logical_id}Aliaslive"]
        assert alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"] == {
            "Ref": f"{function.logical_id}DeploymentGroup"
        }


def test_a_changed_layer_publishes_every_function_that_has_it(tmp_path: Any) -> None:
    """An alias stays with the version that there is, so SAM has to see what changed."""
    template = (ROOT / "template.yaml").read_text(encoding="utf-8")
    changes = {
        "core": template.replace("Poshtiban's own package", "Another package"),
        "release": template.replace("deployed by hand", "deployed as 0123456789ab"),
    }
    before = set(_of_type(expanded({}), "AWS::Lambda::Version"))
    for name, text in changes.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        resources = expand(tmp_path / f"{name}.yaml", ALWAYS, "s3://bucket/key")["Resources"]
        assert not before & set(_of_type(resources, "AWS::Lambda::Version")), name


def test_no_resource_waits_for_itself() -> None:
    resources = expanded({})
    needs = {name: _needed(resource) & set(resources) for name, resource in resources.items()}
    while ready := {name for name, needed in needs.items() if not needed & set(needs)}:
        needs = {name: needed for name, needed in needs.items() if name not in ready}
    assert needs == {}


def _needed(tree: object) -> set[str]:
    match tree:
        case {"Ref": str(name)}:
            return {name}
        case {"Fn::GetAtt": [name, *_]} | {"Fn::GetAtt": str(name)}:
            return {str(name).partition(".")[0]}
        case {"Fn::Sub": [text, values]}:
            return _named_in(text) - set(values) | _needed(values)
        case {"Fn::Sub": str(text)}:
            return _named_in(text)
        case dict():
            return set().union(*(_needed(value) for value in tree.values()))
        case list():
            return set().union(*(_needed(value) for value in tree))
    return set()


def _named_in(text: str) -> set[str]:
    return {part.partition("}")[0].partition(".")[0] for part in text.split("${")[1:]}
