"""What MiniStack 1.5.33 does not read in the expanded template, said in words that it knows.

- An HTTP API's OpenAPI body becomes Route and Integration resources.
- `x-amazon-apigateway-any-method` of a REST API becomes each method.
- `*~1*` among the binary media types becomes `*/*`, as AWS itself reads it.
- Each API gets a pinned id (tag `ms-custom-id`, 8 hexadecimal digits), so that its address stays the same.
- Each function gets variables: above all PYTHONPATH, since its code is the working tree.
- Versions and aliases go, with CodeDeploy which moves them (the emulator has none), and whoever called an alias calls
  the function: a version would keep a process that knows nothing of edited code.
- Alarms on a sum of metrics go, since it refuses them, and with them the dashboard that names them.

Anything else is left as it is: the stack that runs here is the template's.
"""

import copy
import re
from collections.abc import Mapping
from typing import Any

type Resource = dict[str, Any]
type Template = dict[str, Any]

ANY = "x-amazon-apigateway-any-method"
INTEGRATION = "x-amazon-apigateway-integration"
SHIFTING = ("AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::CodeDeploy::")
SHIFTING_ROLE = "CodeDeployServiceRole"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def rewrite(expanded: Template, *, api_ids: Mapping[str, str], variables: Mapping[str, str]) -> Template:
    """Return a copy for the emulator. `api_ids` are pinned ids by logical name, `variables` go to each function."""
    template: Template = _without_aliases(expanded)
    resources: dict[str, Resource] = template["Resources"]
    for name in [name for name, it in resources.items() if _needs_sums(it)]:
        del resources[name]
    for name, resource in list(resources.items()):
        properties = resource.get("Properties", {})
        match resource["Type"]:
            case "AWS::ApiGatewayV2::Api":
                resources |= _routes(name, properties.pop("Body"))
                properties |= {"ProtocolType": "HTTP", "Tags": {"ms-custom-id": api_ids[name]}}
            case "AWS::ApiGateway::RestApi":
                _spell_out_methods(properties["Body"])
                properties["BinaryMediaTypes"] = [
                    it.replace("~1", "/") for it in properties.get("BinaryMediaTypes", [])
                ]
                properties["Tags"] = [{"Key": "ms-custom-id", "Value": api_ids[name]}]
            case "AWS::Lambda::Function":
                properties.setdefault("Environment", {}).setdefault("Variables", {}).update(variables)
    return template


def _needs_sums(resource: Resource) -> bool:
    is_alarm_on_sum = resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]
    return is_alarm_on_sum or resource["Type"] == "AWS::CloudWatch::Dashboard"


def _without_aliases(expanded: Template) -> Template:
    """A copy in which the functions are called by themselves."""
    resources: dict[str, Resource] = expanded["Resources"]
    gone = {name for name, it in resources.items() if it["Type"].startswith(SHIFTING)} | {SHIFTING_ROLE}
    functions = {
        name: it["Properties"]["FunctionName"]["Ref"]
        for name, it in resources.items()
        if it["Type"] == "AWS::Lambda::Alias"
    }
    kept = {name: it for name, it in resources.items() if name not in gone}
    direct: Template = _call_directly({**expanded, "Resources": kept}, functions)
    return direct


def _call_directly(tree: Any, functions: Mapping[str, str]) -> Any:
    """A copy of a piece of the template; `functions` are by the names of their aliases."""
    match tree:
        case {"Ref": str(name)} if name in functions:
            return {"Fn::GetAtt": [functions[name], "Arn"]}
        case dict():
            return {key: _call_directly(value, functions) for key, value in tree.items()}
        case list():
            return [_call_directly(value, functions) for value in tree]
        case str():
            return re.sub(r"\$\{(\w+)}", lambda it: _arn_in_text(it, functions), tree)
        case _:
            return tree


def _arn_in_text(found: re.Match[str], functions: Mapping[str, str]) -> str:
    function = functions.get(found.group(1))
    return f"${{{function}.Arn}}" if function else found.group()


def _routes(api: str, body: dict[str, Any]) -> dict[str, Resource]:
    """One integration per function and one route per path and method."""
    made: dict[str, Resource] = {}
    for path, operations in body["paths"].items():
        for method, operation in operations.items():
            integration = operation[INTEGRATION]
            integration_name = f"{api}To{_function_of(integration['uri'])}"
            made[integration_name] = _integration(api, integration)
            key = _route_key(path, method)
            made[f"{api}Route{_letters(key)}"] = _route(api, key, integration_name)
    return made


def _integration(api: str, integration: dict[str, Any]) -> Resource:
    return {
        "Type": "AWS::ApiGatewayV2::Integration",
        "Properties": {
            "ApiId": {"Ref": api},
            "IntegrationType": "AWS_PROXY",
            "IntegrationUri": integration["uri"],
            "PayloadFormatVersion": integration["payloadFormatVersion"],
        },
    }


def _route(api: str, key: str, integration_name: str) -> Resource:
    return {
        "Type": "AWS::ApiGatewayV2::Route",
        "Properties": {
            "ApiId": {"Ref": api},
            "RouteKey": key,
            "Target": {"Fn::Sub": f"integrations/${{{integration_name}}}"},
        },
    }


def _route_key(path: str, method: str) -> str:
    if path == "/$default":
        return "$default"
    return f"{'ANY' if method == ANY else method.upper()} {path}"


def _function_of(uri: dict[str, str]) -> str:
    found = re.search(r"\$\{(\w+)\.Arn}", uri["Fn::Sub"])
    if not found:
        raise ValueError(f"no function in the integration's address {uri}")
    return found.group(1)


def _letters(key: str) -> str:
    """A route's key as a logical id: `ANY /api/{proxy+}` → `ANYxxapixxproxyxx`; different keys stay different."""
    return re.sub(r"[^A-Za-z0-9]", "x", key)


def _spell_out_methods(body: dict[str, Any]) -> None:
    for operations in body["paths"].values():
        operation = operations.pop(ANY, None)
        if operation:
            operations |= {method: copy.deepcopy(operation) for method in METHODS if method not in operations}
