"""OpenAPI 3.1 documents of both APIs, made from the handlers: ``python -m helpdesk.edge.openapi FOLDER``."""

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

from helpdesk.edge.api import PREFIXES
from helpdesk.edge.gateway import COOKIE_NAMES
from helpdesk.edge.problem_models import Problem
from helpdesk.edge.problems import CONTENT_TYPE
from helpdesk.model.people import Kind

VERSION = "1.0.0"
APIS = {
    "public": ("Poshtiban for customers", Kind.CUSTOMER, ("customer_accounts", "customer_tickets")),
    "internal": ("Poshtiban for staff", Kind.AGENT, ("agent_accounts", "agent_desk")),
}
_PROBLEM = {
    "description": "What was wrong, in the caller's language (RFC 9457)",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def document(title: str, kind: Kind, functions: Iterable[str]) -> dict[str, Any]:
    """The document of the API that these functions answer together."""
    merge = OpenAPIMerge(title=title, version=VERSION, openapi_version="3.1.0", on_conflict="error")
    public: set[tuple[str, str]] = set()
    for function in functions:
        module = import_module(f"{function}.app")
        merge.add_schema(json.loads(module.api.load_all().get_openapi_json_schema(title=title, version=VERSION)))
        public |= {
            (method.lower(), route.replace("<", "{").replace(">", "}")) for method, route in module.handler.public
        }
    schema: dict[str, Any] = json.loads(merge.get_openapi_json_schema())
    schema["servers"] = [{"url": PREFIXES[kind]}]
    schemes = _security_schemes(kind)
    components = schema.setdefault("components", {})
    components["securitySchemes"] = schemes
    components["schemas"] |= {"Problem": Problem.model_json_schema(ref_template="#/components/schemas/{model}")}
    components["schemas"] |= components["schemas"]["Problem"].pop("$defs")
    for name in ("HTTPValidationError", "ValidationError", "ResponseValidationError"):
        components["schemas"].pop(name, None)
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            operation["responses"] = _responses(operation["responses"]) | {"default": _PROBLEM}
            operation["security"] = [] if (method, path) in public else [{name: []} for name in schemes]
    return schema


def _responses(made: dict[str, Any]) -> dict[str, Any]:
    """The good answers, those that are nothing without a body: errors are all of one kind."""
    good = {status: response for status, response in made.items() if status not in ("422", "500")}
    return {status: {"description": it["description"]} if _is_empty(it) else it for status, it in good.items()}


def _is_empty(response: dict[str, Any]) -> bool:
    return any(content["schema"].get("type") == "null" for content in response.get("content", {}).values())


def _security_schemes(kind: Kind) -> dict[str, Any]:
    return {
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": COOKIE_NAMES[kind],
            "description": "Set for our own pages.",
        },
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": 'For programs: sign in with "transport": "bearer".',
        },
    }


def main(folder: Path) -> None:
    """Write ``public.json`` and ``internal.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, kind, functions) in APIS.items():
        text = json.dumps(document(title, kind, functions), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
