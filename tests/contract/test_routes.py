"""Routes of the code, of the template and of the OpenAPI documents, and which of them need no session."""

import json
import re
from importlib import import_module
from typing import Any

import pytest

from helpdesk.edge.api import PREFIXES, Api
from helpdesk.edge.openapi import APIS, document
from helpdesk.model.people import Kind
from tests.support.routes import FUNCTIONS, PUBLIC, ROUTES, filled
from tests.support.template import load_template


def test_only_the_written_list_is_public() -> None:
    public = {route for function in FUNCTIONS for route in import_module(f"{function}.app").handler.public}

    assert public <= PUBLIC
    assert public <= {(method, path) for _, method, path in ROUTES}


def _template_paths(kind: Kind) -> dict[str, str]:
    """Path prefixes that API Gateway sends to each function, from the template's events."""
    event_type = {Kind.CUSTOMER: "HttpApi", Kind.AGENT: "Api"}[kind]
    found = {}
    for resource in load_template()["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            for event in resource["Properties"].get("Events", {}).values():
                if event["Type"] == event_type and "Path" in event["Properties"]:
                    path = event["Properties"]["Path"]
                    found[path] = resource["Properties"]["Handler"].split(".")[0]
    return found


@pytest.mark.parametrize(("function", "method", "path"), ROUTES)
def test_the_template_sends_each_route_to_its_function(function: str, method: str, path: str) -> None:
    paths = _template_paths(FUNCTIONS[function])
    whole = PREFIXES[FUNCTIONS[function]] + filled(path)

    matching = [pattern for pattern in paths if re.fullmatch(re.sub(r"\{proxy\+\}", ".+", pattern), whole)]

    most_specific = max(matching, key=lambda pattern: len(pattern.removesuffix("{proxy+}")))
    assert paths[most_specific] == function


@pytest.mark.parametrize(("function", "method", "path"), ROUTES)
def test_each_route_is_found_by_a_function_that_was_asked_for_nothing_else(
    function: str, method: str, path: str
) -> None:
    app = import_module(f"{function}.app")
    section = path.split("/")[1].replace("-", "_")

    fresh = Api(app.api.kind, function, [section]).load(PREFIXES[app.api.kind] + filled(path))

    assert (method, path) in {(route.method, route.path) for route in (*fresh._static_routes, *fresh._dynamic_routes)}
    assert section in app.SECTIONS


@pytest.mark.parametrize("name", list(APIS))
def test_the_documents_are_openapi_3_1_and_hold_every_route(name: str) -> None:
    title, kind, functions = APIS[name]

    schema: dict[str, Any] = document(title, kind, functions)

    described = {(method.upper(), path) for path, operations in schema["paths"].items() for method in operations}
    routes = {(method, re.sub(r"<(\w+)>", r"{\1}", path)) for function, method, path in ROUTES if function in functions}
    assert schema["openapi"].startswith("3.1")
    assert described == routes
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema)))
    assert references <= set(schema["components"]["schemas"])
