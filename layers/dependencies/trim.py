"""Leaves in the dependencies layer what the functions can reach: a smaller layer is fetched and searched faster."""

import json
import shutil
import sys
from pathlib import Path

# The services that the code makes clients of (a contract test compares), and the partition it runs in.
SERVICES = {"dynamodb", "s3", "secretsmanager", "sesv2", "sns", "sqs"}
PARTITION = "aws"

# Never reached: programs, an installer's lock, what tests, type checkers and documentation read.
LEFTOVERS = ["bin", ".lock", "**/tests", "**/*.pyi", "botocore/data/**/examples-1.json"]


def main(target: Path) -> None:
    for leftover in [path for pattern in LEFTOVERS for path in target.glob(pattern)]:
        remove(leftover)
    data = target / "botocore" / "data"
    for service in data.iterdir():
        if service.is_dir() and service.name not in SERVICES:
            remove(service)
    keep_our_endpoints(data / "endpoints.json")


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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
