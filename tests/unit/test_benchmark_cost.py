"""What the benchmark's bill says is units times prices."""

from datetime import date

import pytest

from benchmarks.cost import ASSUMED, CURVE, PRICES, REGIONS, idle_month, stored
from benchmarks.quotas import Quota
from benchmarks.use import cost, seconds, total, used
from benchmarks.use_cases.stage import Counted
from tests.support.counting import Call

OPENED = Counted(
    "open a ticket",
    "customer_tickets",
    (Call("dynamodb", "GetItem", ("sessions",), 0.5), Call("dynamodb", "TransactWriteItems", ("desk",), 40.0)),
)
RELAYED = Counted("relay", "event_relay", (Call("sns", "Publish"), Call("dynamodb", "UpdateItem", ("desk",), 2.0)))
TEXTED = Counted("send an SMS", "sms_sender", (Call("sns", "Publish"),))
CHECKED = Counted(
    "check", "attachment_checker", tuple(Call("s3", f"{what}Object") for what in ("Get", "Put", "Delete"))
)


def test_a_request_is_one_call_of_the_api_and_one_of_lambda_with_its_units() -> None:
    use = used([OPENED], ASSUMED)

    assert (use["http_api"], use["lambda"], use["read_units"], use["write_units"]) == (1, 1, 0.5, 40)
    assert use["lambda_gb_second"] == pytest.approx(seconds(OPENED, ASSUMED))  # it has 1,024 MB
    assert "rest_api" not in use


def test_a_message_is_three_requests_to_its_queue_and_an_sms_no_publishing() -> None:
    use = used([RELAYED, TEXTED], ASSUMED)

    assert (use["sns"], use["sqs"], use["lambda"]) == (1, 3, 2)


def test_deleting_from_s3_is_free() -> None:
    use = used([CHECKED], ASSUMED)

    assert (use["s3_get"], use["s3_put"]) == (1, 1)


@pytest.mark.parametrize("region", REGIONS)
def test_every_unit_has_a_price(region: str) -> None:
    whole = total([used([OPENED, RELAYED, TEXTED, CHECKED], ASSUMED), idle_month({}), stored(1_000)])

    assert set(cost(whole, PRICES[region])) == set(whole)
    assert cost({"write_units": 2_000_000, "s3_put": 500}, {"write_units_million": 0.5, "s3_put_thousand": 0.004}) == {
        "write_units": pytest.approx(1.0),
        "s3_put": pytest.approx(0.002),
    }


def test_a_quota_is_met_in_the_busiest_minute() -> None:
    assert Quota("", limit=200, per_ticket=10, remedy="").tickets_a_month(peak=8) == pytest.approx(6_570_000)


def test_the_prices_are_dated_and_the_curve_goes_to_ten_millions() -> None:
    assert isinstance(PRICES["as_of"], date)
    assert CURVE[-1] == 10_000_000
