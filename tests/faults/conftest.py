"""One desk for all fault tests, on ports of its own; each test leaves it at rest, with the law unbroken."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import people
from tests.faults.agreement import disagreements
from tests.faults.desk import Desk
from tests.faults.law import breaches
from tests.faults.people import Someone
from tests.support.denials import denials

PATIENCE = 60.0


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk; in the end no role may have lacked a permission."""
    if not Path("/proc").exists():
        pytest.skip("finds and kills functions by /proc")
    with Desk.start(tmp_path_factory.mktemp("faults")) as started:
        yield started
        assert denials(started.stack) == []


@pytest.fixture
def desk(running: Desk) -> Iterator[Desk]:
    """The desk at rest; afterwards it comes to rest again, the law holds and the counters agree."""
    yield running
    running.come_to_rest(PATIENCE)
    items = running.items()
    assert breaches(items) == []
    assert disagreements(items) == []


@pytest.fixture
def sara(desk: Desk) -> Someone:
    """A new customer."""
    return people.customer(desk)


@pytest.fixture(scope="session")
def reza(running: Desk) -> Someone:
    """An agent."""
    return people.agent(running)


type Opened = Callable[..., str]


@pytest.fixture
def opened(sara: Someone) -> Opened:
    """Opens tickets; gives their numbers."""
    return lambda **changes: str(sara.web.open_ticket(**changes)["number"])
