"""What MiniStack 1.5.33 does not read in the expanded template, said in words that it knows.

- An HTTP API's OpenAPI body becomes Route and Integration resources.
- `x-amazon-apigateway-any-method` of a REST API becomes each method.
- `*~1*` among the binary media types becomes `*/*`, as AWS itself reads it.
- Each API gets a pinned id (tag `ms-custom-id`, 8 hexadecimal digits), so that its address stays the same.
- Each function gets variables: above all PYTHONPATH, since its code is the working tree.

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
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def rewrite(expanded: Template, *, api_ids: Mapping[str, str], variables: Mapping[str, str]) -> Template:
    """Return a copy for the emulator. `api_ids` are pinned ids by logical name, `variables` go to each function."""
    template = copy.deepcopy(expanded)
    resources: dict[str, Resource] = template["Resources"]
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
