"""What the contract tests ask of template.yaml."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.template import load_template

type Resource = dict[str, Any]


@dataclass(frozen=True)
class Function:
    """One AWS::Serverless::Function."""

    logical_id: str
    properties: dict[str, Any]

    @property
    def name(self) -> str:
        """Its folder below functions/."""
        return str(self.properties["Handler"]).split(".", maxsplit=1)[0]

    @property
    def variables(self) -> dict[str, Any]:
        """What its own block declares for its environment."""
        return dict(self.properties["Environment"]["Variables"])

    @property
    def statements(self) -> list[dict[str, Any]]:
        """What its role allows, optional statements too."""
        role = resources()[self.properties["Role"]["Fn::GetAtt"].removesuffix(".Arn")]
        documents = [policy["PolicyDocument"] for policy in role["Properties"]["Policies"]]
        return [branch for document in documents for item in document["Statement"] for branch in _branches(item)]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The properties of its events of one type."""
        events = self.properties["Events"].values()
        return [event["Properties"] for event in events if event["Type"] == kind]


def _branches(statement: dict[str, Any]) -> list[dict[str, Any]]:
    if "Fn::If" not in statement:
        return [statement]
    return [branch for branch in statement["Fn::If"][1:] if branch != {"Ref": "AWS::NoValue"}]


def resources(kind: str | None = None) -> dict[str, Resource]:
    """Resources by logical id, all or of one type."""
    return {key: value for key, value in load_template()["Resources"].items() if kind in {None, value["Type"]}}


def functions() -> list[Function]:
    """Every function, in the template's order."""
    return [Function(key, found["Properties"]) for key, found in resources("AWS::Serverless::Function").items()]


def alarms(metric: str) -> dict[str, dict[str, Any]]:
    """The alarms on one metric: what the first dimension names → the alarm's properties."""
    found = [alarm["Properties"] for alarm in resources("AWS::CloudWatch::Alarm").values()]
    return {str(_target(alarm)): alarm for alarm in found if alarm.get("MetricName") == metric}


def _target(alarm: dict[str, Any]) -> str:
    value = alarm["Dimensions"][0]["Value"]
    return str(value.get("Ref") or value["Fn::GetAtt"].split(".")[0]) if isinstance(value, dict) else str(value)


def strings(tree: object) -> Iterator[str]:
    """Every string somewhere in a piece of the template, references included."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield str(key)
            yield from strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from strings(value)
    elif isinstance(tree, str):
        yield tree


def as_list(value: object) -> list[Any]:
    """A policy's Action or Resource, which may be one or several."""
    return value if isinstance(value, list) else [value]
