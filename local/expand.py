"""`template.yaml` as plain CloudFormation: SAM's own translator, in the environment that SAM has for itself."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.errors import LocalStackError
from local.paths import ROOT

SAM_PYTHON = ROOT / ".venv-sam" / "bin" / "python"
TRANSLATE = Path(__file__).with_name("translate.py")


def expand(template: Path, parameters: Mapping[str, str], code_uri: str) -> dict[str, Any]:
    """Translate the template as AWS would with these parameters. Raises LocalStackError with the translator's words."""
    if not SAM_PYTHON.exists():
        raise LocalStackError("The environment .venv-sam is missing. Create it: make venv")
    translation = subprocess.run(
        [SAM_PYTHON, TRANSLATE, template],
        input=json.dumps({"parameters": dict(parameters), "code_uri": code_uri}),
        capture_output=True,
        text=True,
        check=False,
    )
    if translation.returncode:
        raise LocalStackError(f"{template.name} cannot be expanded:\n{translation.stderr.strip()}")
    expanded: dict[str, Any] = json.loads(translation.stdout)
    return expanded
