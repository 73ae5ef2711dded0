"""Cost: counted calls × the list prices of `prices.toml`, and the quotas on the way to ten million tickets."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from moto import mock_aws

from benchmarks.key_traffic import key_traffic, size_of
from benchmarks.quotas import quotas
from benchmarks.report import Section, Table
from benchmarks.use import Use, cost, total, used
from benchmarks.use_cases import background, life
from benchmarks.use_cases.stage import Counted, Stage, stage
from tests.support.dynamodb_local import running
from tests.support.template import ROOT, load_template

PRICES: Mapping[str, Any] = tomllib.loads((ROOT / "benchmarks" / "prices.toml").read_text(encoding="utf-8"))
ASSUMED = PRICES["assumed"]
REGIONS = ("us-east-1", "eu-central-1")
CURVE = (0, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
MINUTES = 43_800
"""Of a month."""
AGENTS_HOURS, LOOKS_AN_HOUR = 160, 80
"""Of an agent's month, and how often an open queue is asked anew when nothing moves in it: every 45 seconds."""
_BY_THE_BROWSER = {"s3_put": 1.0}
_OVERHEAD = 100
"""Bytes that DynamoDB adds to each item, and to each of its index entries."""
_INDEXES = ("lsi1sk", "gsi1pk", "gsi2pk", "gsi3pk", "gsi4pk", "gsi5pk")
METHOD = f"""\
What a ticket's life takes, counted from the functions themselves on DynamoDB Local, times list prices of
{PRICES["as_of"]} (`benchmarks/prices.toml`, which says how sure they are; no free tier, no discount). A life is a
ticket opened with a picture, four messages, ten reads by customer and agent, a solution, and the closing a week later;
it is told by three notifications in the panel, two SMS and an e-mail. Every event and message is an invocation of its
own; batches make it cheaper. Not counted but assumed, in the same file: how long Lambda waits for each call, the size
of logs and answers. Left out: SMS, which the gateway bills, CloudFront, WAF, the panel's own files, sign-in."""


@dataclass(frozen=True)
class Counts:
    """What was counted once.

    Args:
        write_units: of the life; from its items, since DynamoDB Local says too few for a transaction.
        bytes_kept: what stays of it in the table and its indexes.
    """

    life: Sequence[Counted]
    write_units: float
    idle_minute: Sequence[Counted]
    queue: Counted
    bytes_kept: int


def count() -> Counts:
    """Live one life beside an idle minute."""
    with running() as address, mock_aws(), stage(address) as made, key_traffic(made.dynamodb) as traffic:
        customer, agent = life.customer_at(made, "customer", "+989120000000"), life.agent_at(made, "agent")
        made.ses.create_email_identity(EmailIdentity=background.SENDER)
        background.idle_minute(made)
        idle = made.counted[:]
        before = _bytes_kept(made)
        traffic.touches.clear()
        with background.providers(made):
            life.live(customer, agent, "credit")
            life.tell_all(made)
            life.close(made, datetime.now(UTC))
            life.tell_all(made)
        lived = made.counted[len(idle) :]
        kept = _bytes_kept(made) - before
        units = sum(touch.write_units for touch in traffic.touches)
        agent.does("read the whole queue", "GET", "/queue")
        return Counts(lived, units, idle, made.counted[-1], kept)


def _bytes_kept(made: Stage) -> int:
    """Of all that stays: counters of quotas and idempotency records are gone within a day."""
    items = [item for item in made.items("") if not item["pk"]["S"].startswith(("LIMIT#", "IDEMPOTENCY#"))]
    return sum((size_of(item) + _OVERHEAD) * (1 + sum(name in item for name in _INDEXES)) for item in items)


def measure() -> Section:
    """The life, the idle month, the curve and the quotas."""
    counts = count()
    counted = used(counts.life, ASSUMED)
    per_life = total([{**counted, "write_units": counts.write_units}, _BY_THE_BROWSER])
    idle = idle_month(used(counts.idle_minute, ASSUMED))
    looks = [counts.queue] * (AGENTS_HOURS * LOOKS_AN_HOUR)
    return Section(
        "Cost",
        METHOD,
        [
            _bill("1,000 ticket lives", total([per_life] * 1_000)),
            _bill("an idle month", idle),
            _bill("an agent's month with the queue open", used(looks, ASSUMED)),
            _curve(idle, per_life, stored(counts.bytes_kept)),
            quotas(per_life, counts.life, ASSUMED, PRICES["quotas"]),
        ],
    )


def idle_month(minute: Use) -> Use:
    """What is paid when nobody comes: two schedules, the queues' pollers, and what stands there by the month."""
    resources = Counter(resource["Type"] for resource in load_template()["Resources"].values())
    standing = {
        "alarm_month": float(resources["AWS::CloudWatch::Alarm"]),
        "secret_month": float(resources["AWS::SecretsManager::Secret"]),
        "metric_month": 5.0,  # what the two schedules say each minute
        "scheduler": 2.0 * MINUTES,
        "sqs": float(ASSUMED["polls_a_minute"] * len(life.SENDERS) * MINUTES),
    }
    return total([standing, {unit: amount * MINUTES for unit, amount in minute.items()}])


def stored(bytes_kept: int) -> Use:
    """What one ticket that is kept costs each month: table, its recovery, its picture."""
    return {
        "table_gb_month": bytes_kept / 1e9,
        "backup_gb_month": bytes_kept / 1e9,
        "s3_gb_month": ASSUMED["picture_bytes"] / 1e9,
    }


def _bill(title: str, use: Use) -> Table:
    costs = [cost(use, PRICES[region]) for region in REGIONS]
    units = sorted(use, key=lambda unit: -costs[0][unit])
    rows = [[unit, f"{use[unit]:,.6g}", *(f"{each[unit]:,.4f}" for each in costs)] for unit in units]
    together = ["together", "", *(f"**{sum(each.values()):,.4f}**" for each in costs)]
    return Table((title, "units", *(f"$ {region}" for region in REGIONS)), [*rows, together])


def _curve(idle: Use, per_life: Use, kept: Use) -> Table:
    """Dollars a month by tickets a month; a year's tickets kept besides."""
    return Table(
        ("tickets a month", *(f"$ {region}{what}" for region in REGIONS for what in ("", ", a year kept"))),
        [[f"{tickets:,}", *_month(tickets, idle, per_life, kept)] for tickets in CURVE],
    )


def _month(tickets: int, idle: Use, per_life: Use, kept: Use) -> list[str]:
    cells = []
    for region in REGIONS:
        idles, lives, year = (sum(cost(use, PRICES[region]).values()) for use in (idle, per_life, kept))
        month = idles + tickets * lives
        cells += [f"{month:,.2f}", f"{month + 12 * tickets * year:,.2f}"]
    return cells
