"""What only staff need costs customers no start-up time."""

import os
import subprocess
import sys

from tests.support.environment import ENVIRONMENT

SHOW = "import sys, customer_accounts.app; print({'pyotp', 'cryptography'} & set(sys.modules))"


def test_the_customers_function_imports_no_second_factor() -> None:
    settings = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)}

    shown = subprocess.run([sys.executable, "-c", SHOW], env=settings, capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "set()"
