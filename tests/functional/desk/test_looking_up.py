"""Customers by phone and id, tickets by number, as people say them over the phone."""

from itertools import accumulate, product
from urllib.parse import quote

import pytest

from helpdesk.model.identifiers import check_digit
from tests.functional.conftest import Client, SignIn
from tests.functional.desk.conftest import PHONE, id_of, opened


@pytest.mark.parametrize(
    "spelling",
    ["09121234567", "+98 912 123 4567", "0098-912-123-45-67", "۰۹۱۲ ۱۲۳ ۴۵ ۶۷", "٩٨٩١٢١٢٣٤٥٦٧", " 989121234567"],
)
def test_a_customer_is_found_by_phone_in_any_spelling(sara: Client, agent: SignIn, spelling: str) -> None:
    number = opened(sara)

    card = agent()("GET", "/customers", query={"phone": spelling})

    assert (card.status, card.body["phone"], card.body["name"]) == (200, PHONE, "سارا محمدی")
    assert [ticket["number"] for ticket in card.body["tickets"]["items"]] == [number]


def test_a_customer_is_found_by_id(sara: Client, agent: SignIn) -> None:
    opened(sara)
    reza = agent()

    assert reza("GET", f"/customers/{id_of(sara)}").body == reza("GET", "/customers", query={"phone": PHONE}).body


@pytest.mark.parametrize("customer_id", ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "x", "PHONE%23"])
def test_nobody_is_not_found(agent: SignIn, customer_id: str) -> None:
    reza = agent()

    assert reza("GET", f"/customers/{customer_id}").status == 404
    assert reza("GET", "/customers", query={"phone": "09129999999"}).status == 404


def test_a_phone_that_is_none_is_named(agent: SignIn) -> None:
    answer = agent()("GET", "/customers", query={"phone": "02188776655"})

    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "phone")


def test_a_card_shows_an_agent_the_tickets_of_its_topics(sara: Client, agent: SignIn, boss: Client) -> None:
    credit, _ = opened(sara, topic="credit"), opened(sara, topic="other")
    path = f"/customers/{id_of(sara)}"

    seen = agent(topics=("credit",))("GET", path).body["tickets"]["items"]

    assert [ticket["number"] for ticket in seen] == [credit]
    assert len(boss("GET", path).body["tickets"]["items"]) == 2


def test_the_pages_of_a_card_go_on_by_id_as_by_phone(sara: Client, boss: Client) -> None:
    numbers = [opened(sara) for _ in range(5)]
    path, query = f"/customers/{id_of(sara)}", {"limit": "2"}

    first = boss("GET", path, query=query).body["tickets"]
    second = boss("GET", "/customers", query={**query, "phone": PHONE, "cursor": first["next_cursor"]}).body["tickets"]
    third = boss("GET", path, query={**query, "cursor": second["next_cursor"]}).body["tickets"]

    shown = [ticket["number"] for page in (first, second, third) for ticket in page["items"]]
    assert sorted(shown) == sorted(numbers)
    assert third["next_cursor"] is None


DIGITS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩")
GROUPS = ((10,), (4, 4, 2), (3, 3, 4), (2, 2, 2, 2, 2))


def test_a_ticket_is_found_by_number_in_any_grouping_and_digits(customer: SignIn, agent: SignIn) -> None:
    number, reza = opened(customer()), agent()

    for digits, groups, separator in product(DIGITS, GROUPS, ("-", " ", ".", "–")):
        ends = accumulate(groups)
        said = separator.join(number[end - size : end] for end, size in zip(ends, groups, strict=True))
        found = reza("GET", f"/tickets/{quote(said.translate(str.maketrans(DIGITS[0], digits)))}")
        assert (found.status, found.body["number"]) == (200, number), said


def test_a_wrong_check_digit_says_so(agent: SignIn) -> None:
    wrong = f"482193705{(int(check_digit('482193705')) + 1) % 10}"
    reza = agent()

    told = reza("GET", f"/tickets/{wrong}", headers={"accept-language": "en"})
    unknown = reza("GET", f"/tickets/482193705{check_digit('482193705')}")

    assert (told.status, told.body["type"]) == (404, "urn:poshtiban:problem:ticket-number")
    assert "check digit" in told.body["detail"]
    assert (unknown.status, unknown.body["type"]) == (404, "urn:poshtiban:problem:not-found")


def test_the_console_gets_the_operators_labels(agent: SignIn, customer: SignIn) -> None:
    assert agent()("GET", "/form").body == customer()("GET", "/form").body
