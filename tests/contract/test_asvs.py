"""docs/asvs.md speaks of every requirement of levels 1 and 2, and of tests that exist."""

import ast
import re
from itertools import groupby

from tests.support.template import ROOT

MAP = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")

# Ids of ASVS 5.0.0, levels 1 and 2: "chapter.section: first-last". V10 (OAuth) and V17 (WebRTC) stand as chapters.
REQUIREMENTS = """
1.1: 1-2    1.2: 1-9   1.3: 1-11  1.4: 1-3   1.5: 1-2
2.1: 1-3    2.2: 1-3   2.3: 1-4   2.4: 1-1
3.2: 1-2    3.3: 1-4   3.4: 1-6   3.5: 1-5   3.7: 1-2
4.1: 1-3    4.2: 1-1   4.3: 1-2   4.4: 1-4
5.1: 1-1    5.2: 1-3   5.3: 1-2   5.4: 1-3
6.1: 1-3    6.2: 1-12  6.3: 1-4   6.4: 1-4   6.5: 1-5   6.6: 1-3   6.8: 1-4
7.1: 1-3    7.2: 1-4   7.3: 1-2   7.4: 1-5   7.5: 1-2   7.6: 1-2
8.1: 1-2    8.2: 1-3   8.3: 1-1   8.4: 1-1
9.1: 1-3    9.2: 1-4
11.1: 1-2   11.2: 1-3  11.3: 1-3  11.4: 1-4  11.5: 1-1  11.6: 1-1
12.1: 1-3   12.2: 1-2  12.3: 1-4
13.1: 1-1   13.2: 1-5  13.3: 1-2  13.4: 1-5
14.1: 1-2   14.2: 1-4  14.3: 1-3
15.1: 1-3   15.2: 1-3  15.3: 1-7
16.1: 1-1   16.2: 1-5  16.3: 1-4  16.4: 1-3  16.5: 1-3
"""


def required() -> list[str]:
    """Every id, in the standard's order."""
    sections = re.findall(r"(\d+\.\d+): (\d+)-(\d+)", REQUIREMENTS)
    return [f"{section}.{number}" for section, first, last in sections for number in range(int(first), int(last) + 1)]


def spoken_of() -> list[str]:
    """The ids in first columns and in the lists of what does not apply."""
    rows = re.findall(r"^\| ([\d., ]+) \|", MAP, re.MULTILINE)
    lists = re.findall(r"not apply: (.*?)(?:\n\n|\Z)", MAP, re.DOTALL)
    return re.findall(r"\b\d+\.\d+\.\d+\b", " ".join(rows + lists))


def test_every_requirement_is_spoken_of_once() -> None:
    assert sorted(spoken_of()) == sorted(required())
    assert "all of V10" in MAP
    assert "V17" in MAP


def test_every_test_named_exists() -> None:
    named = sorted(re.findall(r"`((?:unit|functional|contract|e2e)/[\w/]+\.py)(?:::(\w+))?`", MAP))
    assert len(named) > 100
    missing = []
    for path, entries in groupby(named, key=lambda entry: entry[0]):
        file = ROOT / "tests" / path
        functions = _functions(file.read_text(encoding="utf-8")) if file.exists() else set()
        missing += [f"{path}::{name}" for _, name in entries if not functions or (name and name not in functions)]
    assert missing == []


def test_every_row_names_a_test_or_says_that_there_is_none() -> None:
    rows = [line for line in MAP.splitlines() if re.match(r"\| \d", line)]
    silent = [row for row in rows if not re.search(r"\| (?:no test|`[^|]*\.py[^|]*) \|$", row)]
    assert silent == []


def _functions(text: str) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
