"""What people read on their phones and in their mailboxes."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from helpdesk.edge.notices import load_notices
from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage
from helpdesk.model.delivery import Channel
from helpdesk.model.event import SECURITY, Audience, Event, EventType
from helpdesk.model.hearing import HEARD, Hearer
from helpdesk.model.notices import Notices
from helpdesk.model.people import Actor, Kind
from tests.support.template import load_template

NOTICES = load_notices("https://desk.example")
AT = datetime(2026, 11, 23, tzinfo=UTC)
AGENT = Actor(Kind.AGENT, "reza", "رضا کریمی")
DATA = {"message_id": "secret of the ticket"}
ANSWERED = Event("e", EventType.TICKET_ANSWERED, AT, "4821937057", "sara", "credit", "normal", AGENT, "", DATA)
CODE = CodeMessage("c", "+989121234567", "482193", Purpose.REGISTRATION, AT, deliver=True, language="fa")
NOTICES_ALONE = {Purpose.EXISTING_ACCOUNT, Purpose.PHONE_CHANGED}
TWO_PARTS = 134  # characters of UCS-2 in two text messages that belong together: 3GPP TS 23.040

each_sms = pytest.mark.parametrize("event_type", [EventType(name) for name in NOTICES.sms])
each_sms_of_a_ticket = pytest.mark.parametrize(
    "event_type", [EventType(name) for name in NOTICES.sms if name not in SECURITY]
)
each_language = pytest.mark.parametrize("language", ["fa", "en"])
each_purpose = pytest.mark.parametrize("purpose", Purpose)


def words(code: CodeMessage) -> str:
    """What a code or notice says by its channel."""
    write = NOTICES.code_sms if code.purpose.channel == Channel.SMS else NOTICES.code_email
    return write(code, AT).text


def _listed(subscription: str) -> set[str]:
    """The event types that the template lets through to a queue."""
    return set(load_template()["Resources"][subscription]["Properties"]["FilterPolicy"]["event_type"])


def test_every_event_that_reaches_phones_has_words() -> None:
    assert set(NOTICES.sms) == _listed("SmsSubscription") & set(EventType)


def test_every_event_that_reaches_mailboxes_has_words() -> None:
    assert set(NOTICES.email) - {"many_late"} == _listed("EmailSubscription") & set(EventType)


def test_whoever_hears_it_is_of_the_events_audience() -> None:
    for event_type, channels in HEARD.items():
        people = set(channels.values()) - {Hearer.SUBSCRIBERS, Hearer.COUNTERS}
        is_customers = replace(ANSWERED, type=event_type).audience == Audience.CUSTOMER
        assert not people or (people == {Hearer.CUSTOMER}) == is_customers, event_type


@each_sms
def test_a_persian_sms_with_its_link_fits_two_parts(event_type: EventType) -> None:
    text = NOTICES.sms_text(replace(ANSWERED, type=event_type), "fa")

    assert text
    assert len(text.encode("utf-16-le")) / 2 <= TWO_PARTS


@each_sms_of_a_ticket
@each_language
def test_an_sms_leads_to_the_ticket(event_type: EventType, language: str) -> None:
    text = NOTICES.sms_text(replace(ANSWERED, type=event_type), language)

    assert text
    assert "https://desk.example/tickets/4821937057" in text.splitlines()


@each_sms_of_a_ticket
@each_language
def test_an_sms_says_the_number_and_nothing_else_of_the_ticket(event_type: EventType, language: str) -> None:
    text = NOTICES.sms_text(replace(ANSWERED, type=event_type), language)

    assert text
    assert "4821-9370-57" in text
    assert not any(part in text for part in (DATA["message_id"], AGENT.name, "credit", "{", "}"))


@each_language
def test_who_did_not_change_the_password_reads_where_to_reset_it(language: str) -> None:
    changed = Event.without_ticket("e", EventType.PASSWORD_CHANGED, AT, "sara", {})

    for text in (NOTICES.sms_text(changed, language), (NOTICES.letter(changed, language) or ("", ""))[1]):
        assert text
        assert "https://desk.example" in text.splitlines()
        assert "{" not in text


def test_the_groups_of_a_number_keep_their_order_behind_persian_letters() -> None:
    text = NOTICES.sms_text(ANSWERED, "fa")

    assert text
    assert "\u200e4821-9370-57" in text


@each_language
def test_a_letter_names_the_ticket_in_subject_and_text(language: str) -> None:
    letter = NOTICES.letter(ANSWERED, language)

    assert letter
    assert all("4821-9370-57" in part for part in letter)


def test_what_has_no_words_is_not_told() -> None:
    closed = replace(ANSWERED, type=EventType.TICKET_CLOSED)

    assert NOTICES.sms_text(closed, "fa") is None
    assert NOTICES.letter(closed, "fa") is None


def test_an_unknown_language_is_answered_in_persian() -> None:
    assert NOTICES.sms_text(ANSWERED, "de") == NOTICES.sms_text(ANSWERED, "fa")
    assert NOTICES.letter(ANSWERED, "de") == NOTICES.letter(ANSWERED, "fa")
    assert NOTICES.code_sms(replace(CODE, language="de"), AT) == NOTICES.code_sms(CODE, AT)


@each_purpose
@each_language
def test_the_code_is_the_only_number_in_its_message(purpose: Purpose, language: str) -> None:
    text = words(replace(CODE, purpose=purpose, language=language))

    assert re.findall(r"\d+", text) == ([] if purpose in NOTICES_ALONE else ["482193"])


def test_each_purpose_has_words_of_its_own() -> None:
    texts = {words(replace(CODE, purpose=purpose)) for purpose in Purpose}

    assert len(texts) == len(Purpose)


def test_a_file_without_words_for_a_purpose_is_not_taken() -> None:
    with pytest.raises(KeyError, match="registration"):
        Notices.from_document({"sms": {}, "email": {}, "codes": {}}, "")
