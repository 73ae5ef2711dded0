"""`make sam-local` for the tests of this folder: in a running Docker engine, or in one of our own."""

from collections.abc import Iterator

import docker
import pytest

from tests.sam_local.engine import Engine, answers, what_is_missing
from tests.sam_local.program import SamLocal
from tests.sam_local.stand_in import IMAGE, import_stand_in


@pytest.fixture(scope="package")
def engine() -> Iterator[docker.DockerClient]:
    """An engine that `make sam-local` finds.

    One that runs and has the base image is taken as it is. Else we start our own, if we may, and tests are in its
    network until it ends. Else a running one has to fetch the image.
    """
    running, missing = _running_engine(), what_is_missing()
    if running and (missing or running.images.list(IMAGE)):
        yield running
        running.close()
    elif missing:
        pytest.skip(f"no Docker engine answers, and none can be started ({missing})")
    else:
        yield from _own_engine()


def _running_engine() -> docker.DockerClient | None:
    return docker.from_env() if answers() else None


def _own_engine() -> Iterator[docker.DockerClient]:
    with Engine.start() as engine, pytest.MonkeyPatch.context() as patch:
        client = engine.client()
        import_stand_in(client)
        patch.setenv("DOCKER_HOST", engine.address)
        with engine.network():
            yield client
        client.close()


@pytest.fixture(scope="package")
def sam_local(engine: docker.DockerClient) -> Iterator[SamLocal]:
    """A running `make sam-local`."""
    with SamLocal.start() as program:
        yield program
