"""A stand-in for Lambda's base image, made of this machine's Python and AWS's runtime client.

It holds what `sam local` relies on: the interpreter and its standard library, `/var/runtime/bootstrap`, a shell with
the four tools of sam's own Dockerfile, and every shared library that any of these or the built layers load. Files keep
the paths that they have here, so that nothing needs to be relocated.
"""

import io
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterable, Iterator
from importlib.metadata import files
from pathlib import Path

import docker

from local.paths import ROOT

NAME = "public.ecr.aws/lambda/python"
TAG = "3.13-x86_64"
IMAGE = f"{NAME}:{TAG}"
RUNTIME = "var/runtime"
RUNTIME_PACKAGES = ("awslambdaric", "simplejson", "snapshot-restore-py")
TOOLS = ("sh", "mv", "chmod", "cp", "rm")
PYTHON = Path(sys.executable).resolve()
LIBRARY = Path(sysconfig.get_path("stdlib"))
LEFT_OUT = {"test", "idlelib", "tkinter", "ensurepip", "turtledemo", "site-packages", "dist-packages", "__pycache__"}
LAYERS = ROOT / ".aws-sam" / "build"
BOOTSTRAP = f"""#!/bin/sh
export AWS_EXECUTION_ENV=AWS_Lambda_python3.13 PYTHONPATH=/var/task:/opt/python:/{RUNTIME}
exec {PYTHON} -m awslambdaric "$_HANDLER"
"""
ENVIRONMENT = f"ENV LANG=en_US.UTF-8 TZ=:UTC PATH=/bin LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/{RUNTIME}"
CHANGES = [ENVIRONMENT, "WORKDIR /var/task", f'ENTRYPOINT ["/{RUNTIME}/bootstrap"]']


def import_stand_in(engine: docker.DockerClient) -> None:
    """Give the engine the image under the name of Lambda's own."""
    engine.api.import_image_from_data(_file_system(), repository=NAME, tag=TAG, changes=CHANGES)


def _file_system() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", dereference=True) as image:
        for source, target in _contents():
            image.add(source, target, recursive=False)
        image.addfile(*_bootstrap())
        for folder in ("tmp", "var/task", "opt", "proc", "sys", "dev", "etc"):
            image.addfile(_folder(folder))
    return content.getvalue()


def _contents() -> Iterator[tuple[Path, str]]:
    programs = [PYTHON, *(Path(shutil.which(tool) or tool).resolve() for tool in TOOLS)]
    standard = [path for path in LIBRARY.rglob("*") if path.is_file() and not LEFT_OUT & set(path.parts)]
    runtime = list(_runtime_files())
    modules = [path for path in (*standard, *(path for path, _ in runtime)) if path.suffix == ".so"]
    loaded = _libraries([*programs, *modules, *LAYERS.rglob("*.so*")])
    yield from ((path, str(path)) for path in (PYTHON, *standard, *loaded))
    yield from ((path, f"bin/{tool}") for path, tool in zip(programs[1:], TOOLS, strict=True))
    yield from runtime


def _runtime_files() -> Iterator[tuple[Path, str]]:
    for package in RUNTIME_PACKAGES:
        for file in files(package) or ():
            if file.suffix != ".pyc" and ".." not in file.parts:
                yield Path(str(file.locate())), f"{RUNTIME}/{file}"


def _libraries(binaries: Iterable[Path]) -> list[Path]:
    """What the dynamic linker would load from outside for these, by its own words."""
    said = subprocess.run(["/usr/bin/ldd", *binaries], capture_output=True, text=True, check=False).stdout
    found = set(re.findall(r"(?:=> |^\t)(/\S+) \(0x", said, re.MULTILINE))
    return [Path(path) for path in sorted(found) if not path.startswith((str(LIBRARY), str(LAYERS)))]


def _bootstrap() -> tuple[tarfile.TarInfo, io.BytesIO]:
    script = BOOTSTRAP.encode()
    entry = tarfile.TarInfo(f"{RUNTIME}/bootstrap")
    entry.size, entry.mode = len(script), 0o755
    return entry, io.BytesIO(script)


def _folder(path: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(path)
    entry.type, entry.mode = tarfile.DIRTYPE, 0o1777 if path == "tmp" else 0o755
    return entry
