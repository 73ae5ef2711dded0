"""Whoever owns an account hears of a change that somebody else may have made."""

from collections.abc import Callable

from tests.e2e.conftest import PASSWORD
from tests.e2e.people import Person, Sms, wait_for


def test_another_password_is_told_by_sms_and_in_the_panel(customer: Callable[[], Person], sms: Sms) -> None:
    sara = customer()
    phone = sara.get("/me")["phone"]

    sara.post("/me/password", {"current_password": PASSWORD, "password": "another-quite-long-secret"})

    assert wait_for(lambda: [each for each in sms.to(phone) if "رمز عبور" in each["text"]], "the SMS")
    told = wait_for(lambda: sara.get("/notifications")["items"], "the notification")
    assert [each["type"] for each in told] == ["password_changed"]
