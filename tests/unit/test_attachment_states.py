"""The states of an attachment: awaiting_upload → checking → refused | clean → linked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from helpdesk.model.attachment import Attachment, AttachmentState, Refusal, upload_key, uploaded_id
from helpdesk.model.errors import AttachmentStateError, NotFoundError

NOW = datetime(2026, 2, 14, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=3)

ASKED_FOR = Attachment(
    id="01KHDHGN3M5Z8Y7X6W5V4T3S2R",
    owner_id="sara",
    filename="card.png",
    content_type="image/png",
    size=1000,
    state=AttachmentState.AWAITING_UPLOAD,
    created_at=NOW,
    swept_at=NOW + timedelta(hours=24),
    shard=0,
)
CHECKING = ASKED_FOR.checking("version", NOW)
CLEAN = CHECKING.cleaned(900, has_thumbnail=True, now=NOW)
REFUSED = CHECKING.refused(Refusal.DAMAGED, NOW)
LINKED = CLEAN.linked_to("4821937056", "message", owner_id="sara")

STEPS: dict[AttachmentState, Callable[[Attachment], Attachment]] = {
    AttachmentState.CHECKING: lambda attachment: attachment.checking("another version", LATER),
    AttachmentState.CLEAN: lambda attachment: attachment.cleaned(900, has_thumbnail=True, now=LATER),
    AttachmentState.REFUSED: lambda attachment: attachment.refused(Refusal.EMPTY, LATER),
    AttachmentState.LINKED: lambda attachment: attachment.linked_to("4821937056", "message", owner_id="sara"),
}
ALLOWED = {
    (AttachmentState.AWAITING_UPLOAD, AttachmentState.CHECKING),
    (AttachmentState.CHECKING, AttachmentState.CLEAN),
    (AttachmentState.CHECKING, AttachmentState.REFUSED),
    (AttachmentState.CLEAN, AttachmentState.LINKED),
}


@pytest.mark.parametrize("before", [ASKED_FOR, CHECKING, CLEAN, REFUSED, LINKED], ids=lambda before: before.state)
@pytest.mark.parametrize("after", STEPS)
def test_no_state_follows_but_its_next(before: Attachment, after: AttachmentState) -> None:
    if (before.state, after) in ALLOWED:
        assert STEPS[after](before).state == after
    else:
        with pytest.raises(AttachmentStateError):
            STEPS[after](before)


def test_a_check_may_take_five_minutes() -> None:
    assert CHECKING.swept_at == NOW + timedelta(minutes=5)


def test_a_clean_file_waits_a_day_for_its_message() -> None:
    assert CHECKING.cleaned(900, has_thumbnail=False, now=LATER).swept_at == LATER + timedelta(hours=24)


def test_a_refusal_can_be_read_for_a_day() -> None:
    refused = CHECKING.refused(Refusal.DANGEROUS, LATER)

    assert refused.reason == Refusal.DANGEROUS
    assert refused.swept_at == LATER + timedelta(hours=24)


def test_a_linked_file_is_never_swept() -> None:
    assert LINKED.swept_at is None


def test_the_size_is_that_of_the_copy_once_it_is_clean() -> None:
    assert (CHECKING.size, CLEAN.size) == (1000, 900)


def test_only_its_owner_links_it() -> None:
    with pytest.raises(NotFoundError):
        CLEAN.linked_to("4821937056", "message", owner_id="omid")


def test_the_key_of_an_upload_tells_whose_it_is() -> None:
    assert uploaded_id(upload_key(ASKED_FOR.id)) == ASKED_FOR.id
