"""Which quota is met first when tickets grow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.report import Table
from benchmarks.use import Use, seconds
from benchmarks.use_cases import life
from benchmarks.use_cases.stage import Counted
from tests.support.template import load_template

MONTH_SECONDS = 43_800 * 60
MOST = 10_000_000
_CONCURRENCY = 5
"""Of each sender: MaximumConcurrency in the template."""


@dataclass(frozen=True)
class Quota:
    """What may be had of something in a second, and what one ticket takes of it."""

    name: str
    limit: float
    per_ticket: float
    remedy: str

    def tickets_a_month(self, peak: float) -> float:
        """From how many on it is met in the busiest minute."""
        return self.limit / self.per_ticket / peak * MONTH_SECONDS


def quotas(use: Use, counted: Sequence[Counted], assumed: Mapping[str, Any], limits: Mapping[str, float]) -> Table:
    """In the order in which they are met, by what one ticket's life takes."""
    peak = assumed["peak"]
    found = list(_quotas(use, counted, assumed, limits))
    columns = ("quota, a second", "limit", "of a ticket", f"at {MOST:,}, peak", "met at tickets a month", "then")
    rows = [
        [
            quota.name,
            f"{quota.limit:,.0f}",
            f"{quota.per_ticket:.4g}",
            f"{quota.per_ticket * peak * MOST / MONTH_SECONDS:,.0f}",
            f"{quota.tickets_a_month(peak):,.3g}",
            quota.remedy,
        ]
        for quota in sorted(found, key=lambda quota: quota.tickets_a_month(peak))
    ]
    return Table(columns, rows)


def _quotas(
    use: Use, counted: Sequence[Counted], assumed: Mapping[str, Any], limits: Mapping[str, float]
) -> Iterator[Quota]:
    busy = sum(seconds(each, assumed) for each in counted)
    api = load_template()["Resources"]["PublicApi"]["Properties"]["DefaultRouteSettings"]
    yield Quota("requests to the public API (ours)", api["ThrottlingRateLimit"], use["http_api"], "ThrottlingRateLimit")
    yield Quota("requests to an API", limits["requests"], use["http_api"] + use["rest_api"], "Service Quotas")
    yield Quota("functions at once", limits["concurrency"], busy, "Service Quotas")
    yield Quota(
        "write units of a new table",
        limits["fresh_table_writes"],
        use["write_units"],
        "WarmThroughput, or time: it grows",
    )
    yield Quota("write units of a table", limits["table_writes"], use["write_units"], "Service Quotas")
    yield Quota("publishing to SNS", limits["sns_publishes"], use["sns"], "Service Quotas")
    yield Quota("letters by SES", limits["ses_letters"], use["ses"], "Service Quotas")
    for name in life.SENDERS.values():
        yield _messages(name, _CONCURRENCY, counted, assumed, "MaximumConcurrency (ours)")
    relays = limits["stream_shards"] * _parallel_relays()
    yield _messages("event_relay", relays, counted, assumed, "more partitions: it grows")


def _parallel_relays() -> float:
    stream = load_template()["Resources"]["EventRelayFunction"]["Properties"]["Events"]["DeskStream"]["Properties"]
    return float(stream["ParallelizationFactor"])


def _messages(
    function: str, at_once: float, counted: Sequence[Counted], assumed: Mapping[str, Any], remedy: str
) -> Quota:
    """What so many at once of this function take, one message after the other."""
    taken = [seconds(each, assumed) for each in counted if each.function == function]
    return Quota(f"messages to {function}", at_once * len(taken) / sum(taken), len(taken), remedy)
