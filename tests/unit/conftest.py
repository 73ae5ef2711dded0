"""Unit tests take seconds and touch nothing: no sockets."""

import pytest


@pytest.fixture(autouse=True)
def _no_sockets(socket_disabled: None) -> None:
    """Any socket is an error."""
