"""Measure and write `benchmarks/results.md`: ``python -m benchmarks`` (`make bench`)."""

import platform
import random
import statistics
import sys
from compileall import compile_dir
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from py_compile import PycInvalidationMode
from sysconfig import get_path

from benchmarks.runtime_api import start_up
from tests.support.environment import ENVIRONMENT
from tests.support.template import ROOT, load_template

BUILT = ROOT / ".aws-sam" / "build"
BASELINES = ROOT / "benchmarks" / "baselines"
RESULTS = ROOT / "benchmarks" / "results.md"
STARTS = 9
SITE = {"SITE_ROOT": str(BUILT / "SiteLayer" / "site")}
COMPILED = ("awslambdaric", "boto3", "botocore", "dateutil", "jmespath", "s3transfer", "urllib3")
"""What the baselines import; the layers are compiled by `sam build`."""
WITHOUT_AWS = ("web_site",)
LIMIT, LIMIT_WITHOUT_AWS = 1.15, 2.0


def main() -> None:
    """Start every function and both baselines in random order, and write what it took."""
    cases = _cases()
    for handler, path in cases.items():
        _start(handler, path)  # fills the page cache
    taken: dict[str, list[float]] = {handler: [] for handler in cases}
    for number in range(STARTS):
        print(f"start {number + 1} of {STARTS}", file=sys.stderr)
        for handler in random.sample(list(cases), len(cases)):
            taken[handler].append(_start(handler, cases[handler]))
    RESULTS.write_text(_report(taken), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def _cases() -> dict[str, list[Path]]:
    """Handlers with what stands on their path: functions as built, baselines with boto3 as pip installs it."""
    for package in COMPILED:
        compile_dir(Path(get_path("purelib")) / package, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    layers = [BUILT / "CoreLayer" / "python", BUILT / "DependenciesLayer" / "python"]
    functions = {
        resource["Properties"]["Handler"]: [BUILT / name, *layers]
        for name, resource in load_template()["Resources"].items()
        if resource["Type"] == "AWS::Serverless::Function"
    }
    return {"empty.handler": [BASELINES], "stock_client.handler": [BASELINES], **functions}


def _start(handler: str, path: list[Path]) -> float:
    return start_up(handler, path, {**ENVIRONMENT, **SITE})


def _report(taken: dict[str, list[float]]) -> str:
    medians = {handler: statistics.median(times) for handler, times in taken.items()}
    lines = [
        "# Start-up",
        "",
        f"Written by `make bench` on {datetime.now(UTC).date()}: Python {platform.python_version()}, boto3",
        f"{version('boto3')}, {platform.machine()}, {STARTS} starts each in random order.",
        "CPU milliseconds from exec to the first request for work, under the real Lambda runtime client, as built by",
        "`sam build`. Compare within this table only; the machine differs from run to run.",
        "",
        "| function | median | least | most | against its baseline | budget |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for handler, times in sorted(taken.items(), key=lambda case: medians[case[0]]):
        name = handler.partition(".")[0]
        lines.append(
            f"| {name} | {medians[handler]:.0f} | {min(times):.0f} | {max(times):.0f} | {_budget(name, medians)} |"
        )
    return "\n".join(lines) + "\n"


def _budget(name: str, medians: dict[str, float]) -> str:
    if name in ("empty", "stock_client"):
        return "| a baseline"
    without_aws = name in WITHOUT_AWS
    baseline, limit = ("empty", LIMIT_WITHOUT_AWS) if without_aws else ("stock_client", LIMIT)
    ratio = medians[f"{name}.app.handler"] / medians[f"{baseline}.handler"]
    verdict = "met" if ratio <= limit else "missed"
    return f"{ratio:.2f} × {baseline} | ≤ {limit} × {baseline}: {verdict}"


if __name__ == "__main__":
    main()
