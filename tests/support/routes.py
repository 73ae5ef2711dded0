"""Every route of both APIs, and the short written list of those that need no session."""

import re
from collections.abc import Iterator
from importlib import import_module

import tests.support.environment  # noqa: F401  (settings, before the functions read them)
from helpdesk.edge.openapi import APIS

# Whoever adds a line here opens a door: say why it needs no session.
PUBLIC = {
    ("POST", "/registrations"),
    ("POST", "/registrations/<registration_id>/confirm"),
    ("POST", "/registrations/<registration_id>/resend"),
    ("POST", "/password-resets"),
    ("POST", "/password-resets/<reset_id>/confirm"),
    ("POST", "/password-resets/<reset_id>/resend"),
    ("POST", "/sessions"),
    ("POST", "/sessions/confirm"),
    ("POST", "/sessions/recovery"),
    ("POST", "/invitations/<token>/accept"),
    ("POST", "/password-resets/<token>"),
}
FUNCTIONS = {name: kind for _, kind, names in APIS.values() for name in names}


def _routes() -> Iterator[tuple[str, str, str]]:
    for function in FUNCTIONS:
        api = import_module(f"{function}.app").api.load_all()
        for route in (*api._static_routes, *api._dynamic_routes):
            yield function, route.method, route.path


ROUTES = sorted(_routes())


def filled(path: str) -> str:
    """The path with something in each of its parameters."""
    return re.sub(r"<\w+>", "01ARZ3NDEKTSV4RRFFQ69G5FAV", path)
