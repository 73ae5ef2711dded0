"""Tables that were restored from a backup, in the place of a stack's own: `restored.toml` names them.

DynamoDB restores into a new table. The stack keeps its own, which nothing refers to any more: in the template that is
deployed, whatever named it names the restored one.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import boto3
import yaml

FILE = Path(__file__).parent.parent / "restored.toml"
"""By environment, the logical name of a table → the name of the one restored for it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored table, as a template may refer to it.

    Args:
        stream_arn: empty where its changes are not recorded, as `make prepare-restored` would have seen to.
    """

    name: str
    arn: str
    stream_arn: str

    @classmethod
    def found(cls, name: str) -> Self:
        """The table of this name."""
        table = boto3.client("dynamodb").describe_table(TableName=name)["Table"]
        return cls(name, table["TableArn"], table.get("LatestStreamArn", ""))

    def attribute(self, name: str) -> str:
        """What `Fn::GetAtt` gives of it.

        Raises:
            KeyError: the template asks for another, or for a stream that there is none of.
        """
        value = {"Arn": self.arn, "StreamArn": self.stream_arn}[name]
        if not value:
            raise KeyError(f"{self.name} has no stream: make prepare-restored")
        return value


def template_for(environment: str, built: Path, file: Path = FILE) -> Path:
    """The built template, or one beside it in which this environment's restored tables stand."""
    names = tomllib.loads(file.read_text(encoding="utf-8")).get(environment, {}) if file.exists() else {}
    if not names:
        return built
    tables = {logical: Restored.found(name) for logical, name in names.items()}
    template = yaml.safe_load(built.read_text(encoding="utf-8"))
    written = built.with_name("template-restored.json")
    written.write_text(json.dumps(swapped(template, tables), default=str), encoding="utf-8")
    print(
        f"{environment} works on {', '.join(f'{name} for {logical}' for logical, name in names.items())} ({file.name})"
    )
    return written


def swapped(template: Mapping[str, Any], tables: Mapping[str, Restored]) -> dict[str, Any]:
    """The template with the restored tables wherever the stack's own were referred to; these stay as they are."""
    return {
        section: {
            name: content if section == "Resources" and name in tables else _swapped(content, tables)
            for name, content in members.items()
        }
        if isinstance(members, dict)
        else members
        for section, members in template.items()
    }


def _swapped(tree: Any, tables: Mapping[str, Restored]) -> Any:
    match tree:
        case {"Ref": str(logical)} if logical in tables:
            return tables[logical].name
        case {"Fn::GetAtt": [str(logical), str(attribute)]} if logical in tables:
            return tables[logical].attribute(attribute)
        case {"Fn::GetAtt": str(path)} if path.partition(".")[0] in tables:
            logical, _, attribute = path.partition(".")
            return tables[logical].attribute(attribute)
        case {"Fn::Sub": text}:
            return {"Fn::Sub": _filled(text, tables)}
        case dict():
            return {key: _swapped(value, tables) for key, value in tree.items()}
        case list():
            return [_swapped(value, tables) for value in tree]
    return tree


def _filled(text: Any, tables: Mapping[str, Restored]) -> Any:
    """The text of a `Fn::Sub`, or its list of text and values."""
    if isinstance(text, list):
        return [_filled(text[0], tables), _swapped(text[1], tables)]
    for logical, table in tables.items():
        text = text.replace(f"${{{logical}}}", table.name).replace(f"${{{logical}.Arn}}", table.arn)
    return text
