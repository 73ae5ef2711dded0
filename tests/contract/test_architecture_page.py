"""docs/architecture.md has one picture, and it shows every function."""

import re

import pytest

from tests.contract.stack_template import functions
from tests.support.template import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURES = [block for block in re.findall(r"```.*?\n(.*?)```", PAGE, re.DOTALL) if "──" in block]


def test_there_is_one_picture() -> None:
    assert len(PICTURES) == 1


@pytest.mark.parametrize("name", [function.name for function in functions()])
def test_the_picture_shows_a_function(name: str) -> None:
    assert re.search(rf"\b{name}\b", PICTURES[0])
