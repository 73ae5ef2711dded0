"""DynamoDB Local, AWS's own engine, for the store's tests: the fixture `dynamodb_local` is its address.

It needs Java 17 or later and, for the first time, Maven. Where they are not, the tests that ask for it are skipped and
one line of the report says so.
"""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from local.emulator import HOST, free_port
from local.paths import STATE

HERE = Path(__file__).with_name("dynamodb-local")
JARS = STATE / "dynamodb-local"
STAMP = JARS / "pom.xml"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
JAVA_MAJOR = 17
START_SECONDS = 60.0


def pytest_report_header() -> str:
    missing = _missing()
    return f"DynamoDB Local: {f'its tests are skipped, {missing}' if missing else 'its tests run'}"


@pytest.fixture(scope="session")
def dynamodb_local() -> Iterator[str]:
    """Address of a DynamoDB Local in memory, ended with the tests."""
    missing = _missing()
    if missing:
        pytest.skip(missing)
    with running() as address:
        yield address


def _missing() -> str | None:
    if _java_major() < JAVA_MAJOR:
        return f"a JDK {JAVA_MAJOR} or later is missing"
    if not _is_fetched() and not shutil.which("mvn"):
        return "Maven is missing"
    return None


def _java_major() -> int:
    """0 where there is none, or only a runtime: a JDK is needed to start from source."""
    java = shutil.which("java")
    if not java or not shutil.which("javac"):
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return int(version.group(1)) if version else 0


def _is_fetched() -> bool:
    return STAMP.exists() and STAMP.read_bytes() == (HERE / "pom.xml").read_bytes()


def _fetch() -> None:
    """Copy the engine's jars once; the pom beside them tells which version they are."""
    if _is_fetched():
        return
    shutil.rmtree(JARS, ignore_errors=True)
    maven = str(shutil.which("mvn"))
    command = [maven, "--quiet", "--batch-mode", "--file", str(HERE / "pom.xml"), COPY, f"-DoutputDirectory={JARS}"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"Maven could not fetch DynamoDB Local:\n{said.stdout}{said.stderr}")
    shutil.copy(HERE / "pom.xml", STAMP)


@contextmanager
def running(folder: Path | None = None) -> Iterator[str]:
    """A DynamoDB Local in memory, or with its files in this folder; yields its address."""
    _fetch()
    port = free_port()
    java = str(shutil.which("java"))
    command = [java, f"-Djava.library.path={JARS}", "-cp", f"{JARS}/*", str(HERE / "Loopback.java"), str(port)]
    command += [str(folder)] if folder else []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as engine:
        try:
            _wait(engine, port)
            yield f"http://{HOST}:{port}"
        finally:
            engine.communicate()  # it ends with its input


def _wait(engine: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if engine.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("DynamoDB Local did not start")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
