"""template.yaml as data: the tests' tables and expectations come from the one description of the system."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TABLES = {"accounts": "AccountsTable", "sessions": "SessionsTable", "desk": "DeskTable"}
_CREATED = ("AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "GlobalSecondaryIndexes", "BillingMode")


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags kept as {"Fn::Name": value}."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = "Ref" if suffix == "Ref" else f"Fn::{suffix}"
    match node:
        case yaml.ScalarNode():
            return {name: loader.construct_scalar(node)}
        case yaml.SequenceNode():
            return {name: loader.construct_sequence(node, deep=True)}
        case yaml.MappingNode():
            return {name: loader.construct_mapping(node, deep=True)}
    raise TypeError(f"no form of {type(node).__name__}")


_Loader.add_multi_constructor("!", _tagged)


@cache
def load_template() -> dict[str, Any]:
    """The whole template."""
    document: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(encoding="utf-8"), _Loader)  # noqa: S506
    return document


def create_table_request(name: str) -> dict[str, Any]:
    """What CreateTable is asked for to have the table called `name` (accounts, sessions or desk)."""
    properties = load_template()["Resources"][TABLES[name]]["Properties"]
    return {"TableName": name, **{key: properties[key] for key in _CREATED if key in properties}}
