"""Start-up: every function as `sam build` made it, under the real runtime client, against two baselines."""

import random
import statistics
import sys
from collections.abc import Iterator, Mapping
from compileall import compile_dir
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from sysconfig import get_path
from typing import Any

from benchmarks.canned import canned_dynamodb
from benchmarks.report import Section, Table
from benchmarks.runtime_api import Start, start_up
from benchmarks.scene import AGENT_TOKEN, CUSTOMER_TOKEN
from tests.support.environment import ENVIRONMENT
from tests.support.http_events import internal_event, public_event
from tests.support.template import ROOT, load_template

STARTS = 15
LIMIT, LIMIT_WITHOUT_AWS = 1.15, 2.0
WITHOUT_AWS = ("web_site",)
BUILT = ROOT / ".aws-sam" / "build"
BASELINES = ROOT / "benchmarks" / "baselines"
SITE = {"SITE_ROOT": str(BUILT / "SiteLayer" / "site")}
COMPILED = ("awslambdaric", "boto3", "botocore", "dateutil", "jmespath", "s3transfer", "urllib3")
"""What the baselines import; the layers are compiled by `sam build`."""

_AS_CUSTOMER = {"authorization": f"Bearer {CUSTOMER_TOKEN}"}
_AS_AGENT = {"authorization": f"Bearer {AGENT_TOKEN}"}
FIRST_REQUESTS = {
    "stock_client": public_event("GET", "/tickets", _AS_CUSTOMER, {}, None),
    "customer_accounts": public_event("GET", "/me", _AS_CUSTOMER, {}, None),
    "customer_tickets": public_event("GET", "/tickets", _AS_CUSTOMER, {}, None),
    "agent_accounts": internal_event("GET", "/me", _AS_AGENT, {}, None),
    "agent_desk": internal_event("GET", "/canned-replies", _AS_AGENT, {"topic": "credit"}, None),
}
"""Each reads a session and one item or page."""

METHOD = f"""\
CPU milliseconds of all threads, from exec to the first request for work ("init"), and until the first HTTP request was
answered ("answered"), under the real Lambda runtime client; functions as built by `sam build`, boto3 as pip installs
it, all precompiled. {STARTS} starts each in random order; medians, in brackets the least and the most. DynamoDB is a
server of canned answers. Budget: at most {LIMIT} × stock_client; for web_site, which uses no AWS,
{LIMIT_WITHOUT_AWS} × empty."""


@dataclass(frozen=True)
class Case:
    """One function or baseline, and its first request if it is an API."""

    handler: str
    path: list[Path]
    event: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        """Name of the function."""
        return self.handler.partition(".")[0]

    @property
    def baseline(self) -> str:
        """What it is measured against."""
        return "empty" if self.name in WITHOUT_AWS else "stock_client"


def measure() -> Section:
    """Start every function and both baselines in random order."""
    with _environment() as environment:
        cases = list(_cases())
        starts: dict[str, list[Start]] = {case.name: [] for case in cases}
        for number in range(STARTS + 1):
            print(f"start {number} of {STARTS}", file=sys.stderr)
            for case in random.sample(cases, len(cases)):
                starts[case.name].append(start_up(case.handler, case.path, environment, case.event))
    taken = {name: those[1:] for name, those in starts.items()}  # the first ones filled the page cache
    columns = ("function", "init", "× baseline", "answered", "× baseline", "budget")
    ordered = sorted(cases, key=lambda case: _init(taken[case.name]))
    return Section("Start-up", METHOD, [Table(columns, [_row(case, taken) for case in ordered])])


@contextmanager
def _environment() -> Iterator[dict[str, str]]:
    for package in COMPILED:
        compile_dir(Path(get_path("purelib")) / package, quiet=2, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    with canned_dynamodb() as address:
        yield {**ENVIRONMENT, **SITE, "AWS_ENDPOINT_URL_DYNAMODB": address}


def _cases() -> Iterator[Case]:
    """Functions as built, baselines with boto3 as pip installs it."""
    for name in ("empty", "stock_client"):
        yield Case(f"{name}.handler", [BASELINES], FIRST_REQUESTS.get(name))
    layers = [BUILT / "CoreLayer" / "python", BUILT / "DependenciesLayer" / "python"]
    for name, resource in load_template()["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function":
            handler = resource["Properties"]["Handler"]
            yield Case(handler, [BUILT / name, *layers], FIRST_REQUESTS.get(handler.partition(".")[0]))


def _row(case: Case, taken: Mapping[str, list[Start]]) -> list[str]:
    own, theirs = taken[case.name], taken[case.baseline]
    inits = [start.init for start in own]
    row = [case.name, f"{_init(own):.0f} ({min(inits):.0f}-{max(inits):.0f})"]
    if case.name in ("empty", "stock_client"):
        return [*row, "", f"{_answered(own):.0f}" if case.event else "", "", "a baseline"]
    ratio = _init(own) / _init(theirs)
    limit = LIMIT_WITHOUT_AWS if case.baseline == "empty" else LIMIT
    verdict = "met" if ratio <= limit else "missed"
    row = [*row, f"{ratio:.2f} × {case.baseline}"]
    if not case.event:
        return [*row, "", "", verdict]
    return [*row, f"{_answered(own):.0f}", f"{_answered(own) / _answered(theirs):.2f}", verdict]


def _init(starts: list[Start]) -> float:
    return statistics.median(start.init for start in starts)


def _answered(starts: list[Start]) -> float:
    return statistics.median(start.answered for start in starts)
