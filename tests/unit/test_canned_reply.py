"""Canned replies: what may stand in them, and what becomes of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.model.canned_reply import PLACEHOLDERS, CannedReply, refuse_unknown_placeholders
from helpdesk.model.errors import InvalidError
from helpdesk.model.sla import Clocks
from helpdesk.model.ticket import Status, Ticket

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def ticket_of(customer_name: str) -> Ticket:
    return Ticket(
        number="4821937057",
        customer_id="sara",
        customer_name=customer_name,
        subject="قسط",
        topic="credit",
        priority="normal",
        status=Status.OPEN,
        created_at=NOW,
        last_activity_at=NOW,
        last_message_id="1",
        clocks=Clocks(),
        shard=0,
    )


def filled(body: str, customer_name: str = "سارا", agent_name: str = "رضا") -> str:
    return CannedReply("r", "عنوان", body, NOW).filled(ticket_of(customer_name), agent_name)


def test_every_place_is_filled() -> None:
    body = "{customer_name} عزیز، درخواست {ticket_number} بررسی شد.\n{agent_name}"

    refuse_unknown_placeholders(body)

    assert filled(body) == "سارا عزیز، درخواست \u200e4821-9370-57 بررسی شد.\nرضا"


@given(st.text(max_size=30), st.text(max_size=30))
def test_names_are_filled_in_as_text_whatever_they_are(customer_name: str, agent_name: str) -> None:
    assert filled("[{customer_name}|{agent_name}]", customer_name, agent_name) == f"[{customer_name}|{agent_name}]"


@pytest.mark.parametrize("name", ["{agent_name}", "{customer_name.__class__}", "%s", "\\1", "<b>", "{0}"])
def test_a_name_that_looks_like_a_place_stays_a_name(name: str) -> None:
    assert filled("{customer_name}, {agent_name}", name, "رضا") == f"{name}, رضا"


@pytest.mark.parametrize(
    "body",
    [
        "{phone}",
        "{}",
        "{0}",
        "{customer_name",
        "customer_name}",
        "{ customer_name }",
        "{customer_name.__class__}",
        "{customer_name!r}",
        "{{customer_name}}",
        "{Customer_Name}",
        "{نام}",
        "{customer_name} {agentname}",
    ],
)
def test_what_nothing_fills_is_refused(body: str) -> None:
    with pytest.raises(InvalidError) as refused:
        refuse_unknown_placeholders(body)

    assert (refused.value.field, refused.value.reason) == ("body", "unknown_placeholder")


@given(
    st.lists(st.one_of(st.sampled_from([f"{{{name}}}" for name in PLACEHOLDERS]), st.text("سلام abc\n.", max_size=5)))
)
def test_whatever_is_taken_leaves_no_brace_behind(parts: list[str]) -> None:
    body = "".join(parts)

    refuse_unknown_placeholders(body)

    assert not {"{", "}"} & set(filled(body))
