"""Where things are in the working tree."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "template.yaml"
FUNCTIONS = ROOT / "functions"
CORE = ROOT / "layers" / "core"
SITE = ROOT / "layers" / "site"
BUILT_SITE = SITE / ".built"  # the build touches it at its end
STATE = ROOT / ".local"
BYTECODE = STATE / "pycache"  # of the functions: beside the code it would end up in what is built for AWS
