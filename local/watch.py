"""Edited code and newly built web apps become live: the emulator is told to forget the functions that they concern.

The emulator keeps a function's process between invocations. A change of its configuration ends that process, even when
the values are the same; the next invocation starts anew, from the working tree. A request that is under way just then
is answered with 502.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from local.paths import BUILT_SITE, BYTECODE, CORE, FUNCTIONS, TEMPLATE

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

SUFFIXES = {".py", ".toml", ".txt", ".json"}
SITE_FUNCTION = "web_site"  # lists the site's files once


class Watch:
    """Call `look` often: it costs a millisecond."""

    def __init__(
        self, functions: "LambdaClient", folders: tuple[Path, Path] = (FUNCTIONS, CORE), site: Path = BUILT_SITE
    ) -> None:
        self._functions = functions
        self._own, self._shared = folders
        self._site = site
        self._seen = self._times()

    def look(self) -> list[str]:
        """Renew what has changed since the last call and return the changed files' names."""
        times = self._times()
        changed = [path for path, _ in sorted(times.items() ^ self._seen.items())]
        self._seen = times
        self._renew([path for path in dict.fromkeys(changed) if path != TEMPLATE])
        return [path.name for path in dict.fromkeys(changed)]

    def _times(self) -> dict[Path, int]:
        return dict(_modified((*self._files(self._own), *self._files(self._shared), self._site, TEMPLATE)))

    @staticmethod
    def _files(folder: Path) -> Iterator[Path]:
        return (path for path in folder.rglob("*") if path.suffix in SUFFIXES)

    def _renew(self, changed: list[Path]) -> None:
        if not changed:
            return
        for path in changed:
            _bytecode(path).unlink(missing_ok=True)
        everything = any(path.is_relative_to(self._shared) for path in changed)
        folders = {path.relative_to(self._own).parts[0] for path in changed if path.is_relative_to(self._own)}
        if self._site in changed:
            folders.add(SITE_FUNCTION)
        for function in self._functions.list_functions(MaxItems=50)["Functions"]:
            if everything or function["Handler"].partition(".")[0] in folders:
                self._functions.update_function_configuration(
                    FunctionName=function["FunctionName"], Timeout=function["Timeout"]
                )


def _bytecode(path: Path) -> Path:
    """Python tells stale bytecode by whole seconds: of two quick edits it would miss the second."""
    return BYTECODE.joinpath(*path.parts[1:-1], f"{path.stem}.{sys.implementation.cache_tag}.pyc")


def _modified(paths: tuple[Path, ...]) -> Iterator[tuple[Path, int]]:
    for path in paths:
        try:
            yield path, path.stat().st_mtime_ns
        except FileNotFoundError:  # deleted since it was listed
            continue
