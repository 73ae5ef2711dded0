"""Expand a SAM template into plain CloudFormation. Run by `.venv-sam`'s Python: `translate.py TEMPLATE < request`.

The request is JSON: `parameters`, which SAM reads as AWS would, and `code_uri`, which every `CodeUri` and `ContentUri`
becomes, since locally the code runs from the working tree. Prints JSON.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")  # the translator asks which partition it is in

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    """The template writes its policies out, so there are no names of AWS's own to look up."""

    def load(self) -> dict[str, str]:
        return {}


def main(template_path: Path, request: dict[str, Any]) -> None:
    template: dict[str, Any] = yaml_parse(template_path.read_text(encoding="utf-8"))
    for section in (*template["Resources"].values(), template["Globals"]["Function"]):
        properties = section.get("Properties", section)
        for name in properties.keys() & {"CodeUri", "ContentUri"}:
            properties[name] = request["code_uri"]
    json.dump(transform(template, request["parameters"], NoManagedPolicies()), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.load(sys.stdin))
