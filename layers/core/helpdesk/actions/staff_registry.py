"""What the account actions of staff work with besides; apart, since only they import cryptography and pyotp."""

from dataclasses import dataclass

from helpdesk.actions.registry import Registry
from helpdesk.model.vault import Vault


@dataclass(frozen=True)
class StaffRegistry(Registry):
    """Tables and rules, and where the secrets of second factors are sealed."""

    vault: Vault
