"""A customer's tickets over HTTP."""

from datetime import datetime

from tests.functional.conftest import Client, SignIn

TICKET = {"topic": "credit", "priority": "normal", "subject": "قسط دوم", "description": "قسط دوم من ثبت نشده است."}


def _opened(client: Client, key: str = "key-1") -> str:
    answer = client("POST", "/tickets", TICKET, key=key)
    assert answer.status == 201, answer.body
    return str(answer.body["number"])


def test_an_opened_ticket_is_read_back_with_its_description(customer: SignIn) -> None:
    sara = customer()

    number = _opened(sara)

    ticket = sara("GET", f"/tickets/{number}").body
    assert ticket["subject"] == TICKET["subject"]
    assert ticket["status"] == "open"
    assert [message["body"] for message in ticket["messages"]["items"]] == [TICKET["description"]]


def test_a_ticket_refers_to_an_older_one_of_the_same_customer(customer: SignIn) -> None:
    sara, nima = customer("سارا"), customer("نیما")
    older = _opened(sara)

    own = sara("POST", "/tickets", {**TICKET, "refers_to": older}, key="own")
    another = nima("POST", "/tickets", {**TICKET, "refers_to": older}, key="another")
    nobodys = nima("POST", "/tickets", {**TICKET, "refers_to": "4821937057"}, key="nobody's")

    assert (own.status, own.body["refers_to"]) == (201, older)
    assert (another.status, another.body) == (nobodys.status, nobodys.body)
    assert [error["field"] for error in another.body["errors"]] == ["refers_to"]
    assert nima("GET", "/tickets").body["items"] == []


def test_the_list_shows_the_last_activity_first(customer: SignIn) -> None:
    sara = customer()
    first, second = _opened(sara, "a"), _opened(sara, "b")

    sara("POST", f"/tickets/{first}/messages", {"body": "یک چیز دیگر"}, key="c")

    listed = sara("GET", "/tickets").body["items"]
    assert [ticket["number"] for ticket in listed] == [first, second]


def test_pages_go_on_where_the_cursor_says(customer: SignIn) -> None:
    sara = customer()
    opened = [_opened(sara, str(n)) for n in range(5)]

    first = sara("GET", "/tickets", query={"limit": "3"}).body
    second = sara("GET", "/tickets", query={"limit": "3", "cursor": first["next_cursor"]}).body

    numbers = [ticket["number"] for page in (first, second) for ticket in page["items"]]
    assert sorted(numbers) == sorted(opened)
    assert second["next_cursor"] is None


def test_the_list_is_filtered_by_status(customer: SignIn) -> None:
    sara = customer()
    solved, waiting = _opened(sara, "a"), _opened(sara, "b")

    assert sara("POST", f"/tickets/{solved}/resolve").status == 200

    assert [t["number"] for t in sara("GET", "/tickets", query={"status": "resolved"}).body["items"]] == [solved]
    assert [t["number"] for t in sara("GET", "/tickets", query={"status": "open"}).body["items"]] == [waiting]


def test_the_same_key_and_body_give_the_same_ticket_again(customer: SignIn) -> None:
    sara = customer()

    first = sara("POST", "/tickets", TICKET, key="again")
    second = sara("POST", "/tickets", TICKET, key="again")

    assert (second.status, second.body) == (first.status, first.body)
    assert len(sara("GET", "/tickets").body["items"]) == 1


def test_the_same_key_with_another_body_is_refused(customer: SignIn) -> None:
    sara = customer()
    _opened(sara, "again")

    answer = sara("POST", "/tickets", {**TICKET, "subject": "موضوعی دیگر"}, key="again")

    assert (answer.status, answer.body["type"]) == (422, "urn:poshtiban:problem:key-reused")
    assert len(sara("GET", "/tickets").body["items"]) == 1


def test_a_message_is_replayed_after_the_ticket_went_on(customer: SignIn) -> None:
    sara = customer()
    number = _opened(sara)
    first = sara("POST", f"/tickets/{number}/messages", {"body": "سلام"}, key="m")
    sara("POST", f"/tickets/{number}/resolve")

    second = sara("POST", f"/tickets/{number}/messages", {"body": "سلام"}, key="m")

    assert (second.status, second.body) == (201, first.body)
    assert sara("GET", f"/tickets/{number}").body["status"] == "resolved"


def test_anothers_ticket_is_not_found_in_the_same_words(customer: SignIn) -> None:
    number = _opened(customer("سارا"))
    other = customer("نیما")

    anothers = other("GET", f"/tickets/{number}")
    missing = other("GET", "/tickets/0000000001")

    assert anothers.status == missing.status == 404
    assert anothers.body == missing.body


def test_a_customer_rates_a_resolved_ticket_once(customer: SignIn) -> None:
    sara = customer()
    number = _opened(sara)
    sara("POST", f"/tickets/{number}/resolve")

    assert sara("POST", f"/tickets/{number}/rating", {"score": 5, "comment": "خوب بود"}).body["rating"] == 5
    assert sara("POST", f"/tickets/{number}/rating", {"score": 1}).status == 409


def test_a_ticket_says_whether_it_can_be_rated_and_until_when(customer: SignIn) -> None:
    sara = customer()
    number = _opened(sara)

    waiting = sara("GET", f"/tickets/{number}").body
    solved = sara("POST", f"/tickets/{number}/resolve").body
    rated = sara("POST", f"/tickets/{number}/rating", {"score": 5}).body

    assert (waiting["can_rate"], waiting["rate_until"]) == (False, None)
    assert solved["can_rate"]
    window = datetime.fromisoformat(solved["rate_until"]) - datetime.fromisoformat(solved["resolved_at"])
    assert window.days == 14
    assert (rated["can_rate"], rated["rate_until"]) == (False, None)


def test_opening_more_than_the_quota_is_refused_with_the_time_to_wait(customer: SignIn) -> None:
    sara = customer()
    for n in range(20):
        _opened(sara, str(n))

    answer = sara("POST", "/tickets", TICKET, key="21")

    assert answer.status == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert sara("POST", "/tickets", TICKET, key="0").status == 201  # a replay wins over the limit


def test_an_empty_inbox_is_marked_as_read_like_any_other(customer: SignIn) -> None:
    answer = customer()("POST", "/notifications/read", {"up_to": "01ARZ3NDEKTSV4RRFFQ69G5FAV"})

    assert (answer.status, answer.body) == (200, {"unread": 0})
