"""The stack that the end-to-end tests talk to: their own, on a free port, ended with them."""

from collections.abc import Iterator

import pytest

from local.emulator import free_port
from local.stack import LocalStack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack.start(free_port(), tmp_path_factory.mktemp("stack")) as started:
        yield started
