"""The demo: people to sign in as."""

from typing import TYPE_CHECKING

from local.stack_file import Demo

if TYPE_CHECKING:
    from local.stack import LocalStack


def seed(stack: "LocalStack") -> Demo:
    """Create the demo's people in the stack's tables, through the product's own actions."""
    del stack
    return Demo()
