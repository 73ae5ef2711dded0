"""Lets packages that import everything they have import it when it is first asked for (PEP 562).

Powertools comes with a logger, metrics and tracing for functions that use none of them, with resolvers for AppSync,
Bedrock and VPC Lattice, and with classes for forty kinds of events; a function that starts would read them all to use
one. Code and names stay as they are: only the imports in ``__init__.py`` become a table that ``__getattr__`` looks
them up in, and of one module the imports go into the functions that use them.
"""

import ast
import sys
from pathlib import Path

PACKAGES = [
    "aws_lambda_powertools",
    "aws_lambda_powertools/event_handler",
    "aws_lambda_powertools/event_handler/openapi",
    "aws_lambda_powertools/utilities/data_classes",
]

# It imports the whole logger for a function that only debugging calls.
MODULE = "aws_lambda_powertools/package_logger.py"

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
    move_into_functions(target / MODULE)


def postpone(init: Path) -> None:
    module = ast.parse(init.read_text(encoding="utf-8"))
    used = names_in(module)
    imports = [node for node in module.body if isinstance(node, ast.ImportFrom) and can_wait(node, used)]
    postponed = {alias.name: "." * node.level + (node.module or "") for node in imports for alias in node.names}
    module.body = [node for node in module.body if node not in imports]
    rewrite(init, ast.unparse(module) + LOOK_UP.format(postponed=postponed))


def can_wait(node: ast.ImportFrom, used: set[str]) -> bool:
    """Not so for a name that the package itself uses, nor for one that a submodule has too.

    Importing the submodule would put it in the name's place.
    """
    module, names = node.module or "", {alias.name for alias in node.names}
    return module != "__future__" and module.rpartition(".")[2] not in names and not used & names


def move_into_functions(path: Path) -> None:
    """Let each function make the imports that only functions use, where it comes to use them."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    for node in [node for node in module.body if isinstance(node, ast.ImportFrom)]:
        module.body.remove(node)
        for function in functions:
            place_before_use(node, function.body)
    rewrite(path, ast.unparse(module))


def place_before_use(node: ast.ImportFrom, body: list[ast.stmt]) -> None:
    names = {alias.name for alias in node.names}
    for place, statement in enumerate(body):
        match statement:
            case ast.If(test=test, body=inner, orelse=[]) if not names & names_in(test):
                place_before_use(node, inner)
            case _ if names & names_in(statement):
                body.insert(place, node)
                return


def names_in(part: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}


def rewrite(path: Path, source: str) -> None:
    path.unlink()  # never written in place: an installer may have linked it to its cache
    path.write_text(source, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
