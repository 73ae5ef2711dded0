"""What use cases take of AWS, in the units that are paid for; and what that costs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from benchmarks.use_cases import life
from benchmarks.use_cases.stage import Counted
from tests.support.counting import Call
from tests.support.template import load_template

type Use = Mapping[str, float]
"""Paid unit → how many: ``lambda_gb_second``, ``write_units`` and so on."""
type Prices = Mapping[str, float]

_APIS = {
    "customer_tickets": "http_api",
    "customer_accounts": "http_api",
    "agent_desk": "rest_api",
    "agent_accounts": "rest_api",
}
_QUEUE_REQUESTS = 3
"""Of a message: sent, received, deleted."""
_S3_READS = ("GetObject", "HeadObject", "GetObjectTagging")
_FREE = ("DeleteObject",)
_PER = {"million": 1_000_000, "thousand": 1_000}


def used(counted: Iterable[Counted], assumed: Mapping[str, Any]) -> Use:
    """What they took together; each is one invocation of its function, batches of one."""
    return total(_invocation(each, assumed) for each in counted)


def total(uses: Iterable[Use]) -> Use:
    """All of them together."""
    found: defaultdict[str, float] = defaultdict(float)
    for unit, amount in chain.from_iterable(use.items() for use in uses):
        found[unit] += amount
    return found


def _invocation(counted: Counted, assumed: Mapping[str, Any]) -> Use:
    api = _APIS.get(counted.function)
    itself = {
        "lambda": 1.0,
        "lambda_gb_second": seconds(counted, assumed) * _gigabytes(counted.function),
        "write_units": counted.write_units,
        "read_units": counted.read_units,
        "logs_gb": assumed["log_bytes"] / 1e9,
    }
    door = {api: 1.0, "transfer_gb": assumed["answer_bytes"] / 1e9} if api else {}
    queue = {"sqs": float(_QUEUE_REQUESTS)} if counted.function in life.SENDERS.values() else {}
    return total([itself, door, queue, *({_unit(call): 1.0} for call in _paid_calls(counted))])


def _paid_calls(counted: Counted) -> Iterator[Call]:
    """Calls that have a price of their own; an SMS has each country's."""
    for call in counted.calls:
        is_sms = counted.function == "sms_sender" and call.service == "sns"
        if call.service != "dynamodb" and call.operation not in _FREE and not is_sms:
            yield call


def seconds(counted: Counted, assumed: Mapping[str, Any]) -> float:
    """How long Lambda is busy with it, warm: our CPU, and waiting for one call after the other."""
    waits = assumed["call_milliseconds"]
    own = assumed["picture_milliseconds"] if counted.function == "attachment_checker" else 0
    return float(assumed["invocation_milliseconds"] + own + sum(waits[_wait(call)] for call in counted.calls)) / 1000


def _wait(call: Call) -> str:
    return "transaction" if call.operation == "TransactWriteItems" else call.service


def _unit(call: Call) -> str:
    match call.service:
        case "s3":
            return "s3_get" if call.operation in _S3_READS else "s3_put"
        case "email":
            return "ses"
    return call.service


def _gigabytes(function: str) -> float:
    functions = (resource["Properties"] for resource in load_template()["Resources"].values() if _is_function(resource))
    (megabytes,) = (one["MemorySize"] for one in functions if one["Handler"].startswith(f"{function}."))
    return float(megabytes) / 1024


def _is_function(resource: Mapping[str, Any]) -> bool:
    return bool(resource["Type"] == "AWS::Serverless::Function")


def cost(use: Use, prices: Prices) -> dict[str, float]:
    """Dollars by paid unit; a price's name says how many it is for."""
    return {unit: amount * _price(unit, prices) for unit, amount in use.items()}


def _price(unit: str, prices: Prices) -> float:
    if unit in prices:
        return prices[unit]
    (price,) = (prices[f"{unit}_{per}"] / size for per, size in _PER.items() if f"{unit}_{per}" in prices)
    return price
