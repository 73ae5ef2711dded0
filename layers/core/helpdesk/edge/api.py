"""The routes of a function behind one of the two APIs, in sections that are imported when they are first asked for."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from importlib import import_module

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, ApiGatewayResolver, APIGatewayRestResolver

from helpdesk.edge.json_body import read_json
from helpdesk.edge.problems import register_problems
from helpdesk.model.people import Kind

PREFIXES = {Kind.CUSTOMER: "/api/v1", Kind.AGENT: "/internal/v1"}


class Api:
    """A Powertools resolver and the sections of its routes, so that starting up costs the same however many there are.

    A section has the paths of one first segment and is a module of the function's package with a `router`:
    ``/password-resets/…`` stands in ``password_resets``.

    Args:
        package: the function's package.
        sections: names of its modules with routes.
    """

    def __init__(self, kind: Kind, package: str, sections: Iterable[str]) -> None:
        self.kind = kind
        self.resolver = _resolver(kind)
        self._modules = {section.replace("_", "-"): f"{package}.{section}" for section in sections}
        self._segments = frozenset(self._modules)

    def local_path(self, path: str) -> str:
        """A request's path as the routes have it."""
        return path.removeprefix(PREFIXES[self.kind])

    def load(self, path: str) -> ApiGatewayResolver:
        """The resolver, which knows at least the routes of this request's section."""
        self._load(self._segment(path))
        return self.resolver

    def section(self, path: str) -> str:
        """The section's first segment that a request's path begins with; empty for one that no section has."""
        segment = self._segment(path)
        return segment if segment in self._segments else ""

    def _segment(self, path: str) -> str:
        return self.local_path(path).partition("/")[2].partition("/")[0]

    def load_all(self) -> ApiGatewayResolver:
        """The resolver with every route: for documents and tests."""
        for segment in list(self._modules):
            self._load(segment)
        return self.resolver

    def _load(self, segment: str) -> None:
        if module := self._modules.pop(segment, None):
            self.resolver.include_router(import_module(module).router)


def _resolver(kind: Kind) -> ApiGatewayResolver:
    """Validating, with problems for errors."""
    resolver = APIGatewayHttpResolver if kind == Kind.CUSTOMER else APIGatewayRestResolver
    api = resolver(
        enable_validation=True,
        serializer=_to_json,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        strip_prefixes=[PREFIXES[kind]],
        json_body_deserializer=read_json,
    )
    register_problems(api)
    return api


def _to_json(body: object) -> str:
    """Persian as it is: escaped it would take three times the bytes."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
