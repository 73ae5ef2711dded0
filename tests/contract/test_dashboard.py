"""The dashboard shows every promise, and shows what is there."""

import json
import re
from typing import Any

from tests.contract.stack_template import functions, resources
from tests.support.template import load_template

OURS = "Poshtiban/${AWS::StackName}"


def _widgets() -> list[dict[str, Any]]:
    (dashboard,) = resources("AWS::CloudWatch::Dashboard").values()
    widgets: list[dict[str, Any]] = json.loads(dashboard["Properties"]["DashboardBody"]["Fn::Sub"])["widgets"]
    return widgets


def _metrics() -> list[list[Any]]:
    return [metric for widget in _widgets() for metric in widget["properties"].get("metrics", [])]


def _shown() -> set[tuple[str, str, frozenset[str]]]:
    """Namespace, name and dimensions of every line."""
    plain = [[part for part in metric if isinstance(part, str)] for metric in _metrics()]
    return {(namespace, name, frozenset(dimensions)) for namespace, name, *dimensions in plain}


def _text(value: object) -> str:
    """A value of the template as the dashboard writes it."""
    match value:
        case {"Ref": str(name)}:
            return f"${{{name}}}"
        case {"Fn::GetAtt": str(name)}:
            return f"${{{name}}}"
        case {"Fn::Sub": str(text)}:
            return text
    return str(value)


def _watched() -> set[tuple[str, str, frozenset[str]]]:
    """The same of every alarm."""
    alarms = [alarm["Properties"] for alarm in resources("AWS::CloudWatch::Alarm").values()]
    parts = [part["MetricStat"]["Metric"] for it in alarms for part in it.get("Metrics", []) if "MetricStat" in part]
    return {
        (
            _text(it["Namespace"]),
            str(it["MetricName"]),
            frozenset(_text(text) for pair in it.get("Dimensions", []) for text in (pair["Name"], pair["Value"])),
        )
        for it in [alarm for alarm in alarms if "Metrics" not in alarm] + parts
    }


def test_the_first_thing_on_it_is_the_state_of_every_alarm() -> None:
    first = _widgets()[0]
    alarms = {name.removeprefix("${").removesuffix(".Arn}") for name in first["properties"]["alarms"]}
    assert (first["type"], first["x"], first["y"]) == ("alarm", 0, 0)
    assert alarms == set(resources("AWS::CloudWatch::Alarm"))


def test_what_an_alarm_watches_is_drawn() -> None:
    assert _watched() - _shown() == set()


def test_every_name_on_it_is_a_resource() -> None:
    (dashboard,) = resources("AWS::CloudWatch::Dashboard").values()
    named = re.findall(r"\$\{(\w+)[.}]", dashboard["Properties"]["DashboardBody"]["Fn::Sub"])
    assert set(named) <= set(resources())


def test_metrics_of_ours_are_counted_by_service_alone() -> None:
    """Each combination of dimensions is a metric of its own, and is paid for."""
    services = {function.name for function in functions()}
    ours = {dimensions for namespace, _, dimensions in _shown() | _watched() if namespace == OURS}
    assert all(len(dimensions) == 2 and dimensions - {"service"} <= services for dimensions in ours)
    namespace = load_template()["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
    assert namespace == {"Fn::Sub": OURS}
