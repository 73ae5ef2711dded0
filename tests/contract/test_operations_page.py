"""docs/operations.md knows every alarm, and its commands are there."""

import re

import pytest

from tests.contract.stack_template import resources
from tests.support.template import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LINES = [line for line in PAGE.partition("\n## ")[0].splitlines() if line.startswith("| ")][2:]


def _names(line: str) -> list[str]:
    """The alarms that a line is about; "…Errors" is all that end so."""
    return re.findall(r"…?[A-Z]\w+", line.strip("| ").split(" | ", maxsplit=1)[0])


def _is_about(name: str, alarm: str) -> bool:
    return alarm.endswith(f"{name[1:]}Alarm") if name.startswith("…") else alarm == f"{name}Alarm"


ALARMS = sorted(resources("AWS::CloudWatch::Alarm") | resources("AWS::CE::AnomalySubscription"))


@pytest.mark.parametrize("alarm", ALARMS)
def test_an_alarm_has_one_line(alarm: str) -> None:
    assert sum(any(_is_about(name, alarm) for name in _names(line)) for line in LINES) == 1


@pytest.mark.parametrize("line", LINES, ids=lambda line: str(_names(line)[0]))
def test_a_line_is_about_an_alarm_that_there_is(line: str) -> None:
    assert [name for name in _names(line) if not any(_is_about(name, alarm) for alarm in ALARMS)] == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`make ([a-z-]+)", PAGE))))
def test_a_command_is_known_to_make(target: str) -> None:
    assert re.search(rf"^([a-z -]+ )?{target}( [a-z -]+)?:", MAKEFILE, re.MULTILINE)
