"""Work of which no part may stop the others."""

from datetime import UTC, datetime

import pytest

from helpdesk.actions.for_each import for_each
from helpdesk.model.attachment import Attachment, AttachmentState

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_everything_is_done_and_counted() -> None:
    seen: list[int] = []

    assert for_each([1, 2, 3], seen.append) == 3
    assert seen == [1, 2, 3]


def test_what_fails_is_raised_after_the_rest_was_done() -> None:
    seen: list[float] = []

    with pytest.raises(ExceptionGroup, match="2 of 4 failed") as failed:
        for_each([0, 1, 0, 2], lambda number: seen.append(1 / number))

    assert seen == [1, 0.5]
    assert [type(error) for error in failed.value.exceptions] == [ZeroDivisionError, ZeroDivisionError]
    assert failed.value.exceptions[0].__notes__ == ["while at 0"]


def test_what_has_an_id_is_noted_by_it_alone() -> None:
    paper = Attachment("01K", "sara", "کارت ملی.png", "image/png", 1, AttachmentState.CLEAN, NOW, shard=0)

    with pytest.raises(ExceptionGroup) as failed:
        for_each([paper], lambda _: [][0])

    assert failed.value.exceptions[0].__notes__ == ["while at 01K"]


def test_an_interruption_stops_at_once() -> None:
    seen: list[int] = []

    def stop(number: int) -> None:
        seen.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        for_each([1, 2], stop)

    assert seen == [1]
