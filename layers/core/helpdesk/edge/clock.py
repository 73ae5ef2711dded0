"""The present."""

from datetime import UTC, datetime


def present() -> datetime:
    """The present in whole milliseconds, as it is stored."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
