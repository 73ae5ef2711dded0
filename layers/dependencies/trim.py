"""Leaves in the dependencies layer what the functions can reach: a smaller layer is fetched and searched faster."""

import ast
import gzip
import json
import shutil
import sys
from pathlib import Path
from typing import Any

# The services that the code makes clients of (a contract test compares), and the partition it runs in.
SERVICES = {"dynamodb", "s3", "secretsmanager", "sesv2", "sns", "sqs"}
PARTITION = "aws"

# Never reached: programs, an installer's lock, what tests, type checkers and documentation read.
LEFTOVERS = ["bin", ".lock", "**/tests", "**/*.pyi", "botocore/data/**/examples-1.json"]

# Of these parameters botocore reads the documentation too, at each call, and fails without.
INSISTED_ON = "clientContextParams"

# botocore writes a documentation for every client and reads all that it needs for that at each start. Nothing of ours
# asks for a docstring: what remains are the classes that its clients name, and the two helpers of its handlers.
DOCSTRING = """\
class ClientMethodDocstring(str):
    def __new__(cls, *_, **__):
        return super().__new__(cls)


PaginatorDocstring = WaiterDocstring = ClientMethodDocstring
"""


def main(target: Path) -> None:
    for leftover in [path for pattern in LEFTOVERS for path in target.glob(pattern)]:
        remove(leftover)
    data = target / "botocore" / "data"
    for service in data.iterdir():
        if service.is_dir() and service.name not in SERVICES:
            remove(service)
    keep_our_endpoints(data / "endpoints.json")
    leave_documentation_out(target / "botocore" / "docs")
    for model in data.glob("*/*/*.json.gz"):
        unpack(model)
    for module in target.glob("pydantic_core/core_schema.py"):
        leave_fields_out(module)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def keep_our_endpoints(endpoints: Path) -> None:
    """Shorten botocore's list of addresses: over a megabyte, read at each start."""
    listed = json.loads(endpoints.read_text())
    ours = next(part for part in listed["partitions"] if part["partition"] == PARTITION)
    ours["services"] = {name: where for name, where in ours["services"].items() if name in SERVICES | {"email"}}  # SES
    listed["partitions"] = [ours]
    endpoints.unlink()  # never written in place: an installer may have linked it to its cache
    endpoints.write_text(json.dumps(listed, separators=(",", ":")))


def leave_documentation_out(docs: Path) -> None:
    for path in docs.iterdir():
        if path.name != "utils.py":
            remove(path)
    (docs / "__init__.py").touch()
    (docs / "docstring.py").write_text(DOCSTRING)


def unpack(model: Path) -> None:
    """Leave the texts for readers out of a service's description, four fifths of it, and spare each start unpacking."""
    described = undocumented(json.loads(gzip.decompress(model.read_bytes())))
    model.with_suffix("").write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    model.unlink()


def undocumented(part: Any) -> Any:
    match part:
        case dict():
            return {
                name: it if name == INSISTED_ON else undocumented(it)
                for name, it in part.items()
                if name != "documentation" or type(it) is not str
            }
        case list():
            return [undocumented(it) for it in part]
    return part


def leave_fields_out(module: Path) -> None:
    """Empty the seventy shapes that pydantic declares for type checkers: when it runs they are plain dicts."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and "TypedDict" in {base.id for base in node.bases if type(base) is ast.Name}:
            node.body = [ast.Pass()]
    module.unlink()
    module.write_text(ast.unparse(tree), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
