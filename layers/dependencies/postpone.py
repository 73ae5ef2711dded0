"""Lets packages that import everything they have import it when it is first asked for (PEP 562).

Powertools' event handler comes with resolvers for AppSync, Bedrock, VPC Lattice and with classes for forty kinds of
events; a function that starts would read them all to use one. Code and names stay as they are: only the imports in
``__init__.py`` become a table that ``__getattr__`` looks them up in.
"""

import ast
import sys
from pathlib import Path

PACKAGES = [
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/event_handler/openapi",
    "aws_lambda_powertools/utilities/data_classes",
]

LOOK_UP = """

_POSTPONED = {postponed!r}


def __getattr__(name):
    if name not in _POSTPONED:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_POSTPONED[name], __name__), name)
    return value
"""


def main(target: Path) -> None:
    for package in PACKAGES:
        postpone(target / package / "__init__.py")


def postpone(init: Path) -> None:
    source = init.read_text(encoding="utf-8")
    module = ast.parse(source)
    imports = [node for node in module.body if isinstance(node, ast.ImportFrom) and can_wait(node)]
    postponed = {alias.name: "." * node.level + (node.module or "") for node in imports for alias in node.names}
    lines = source.splitlines()
    for node in imports:
        lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    init.unlink()  # never written in place: an installer may have linked it to its cache
    init.write_text("\n".join(lines) + LOOK_UP.format(postponed=postponed), encoding="utf-8")


def can_wait(node: ast.ImportFrom) -> bool:
    """Not so for a name that a submodule has too: importing the submodule would put it in the name's place."""
    module = node.module or ""
    return module != "__future__" and module.rpartition(".")[2] not in {alias.name for alias in node.names}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
