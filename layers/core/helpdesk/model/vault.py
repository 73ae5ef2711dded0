"""Secrets that must be read again, encrypted at rest: second factors, and the keys of webhook signatures."""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

WEBHOOK_SECRETS = "webhook secrets at rest"


@dataclass(frozen=True)
class Vault:
    """Encrypts secrets with the first key, and decrypts what any of the keys encrypted.

    Args:
        keys: the current key and, after a rotation, the previous one; empty ones do not count.
        use: what the secrets are; what was sealed for one use opens for no other.
    """

    keys: Sequence[str]
    use: str = "second factors at rest"

    def seal(self, secret: str) -> str:
        """The secret, encrypted under the current key."""
        return self._fernet().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again.

        Raises:
            cryptography.fernet.InvalidToken: no key of ours encrypted it.
        """
        return self._fernet().decrypt(sealed.encode()).decode()

    def _fernet(self) -> "MultiFernet":
        from cryptography.fernet import Fernet, MultiFernet  # not at start-up: most requests seal and open nothing

        return MultiFernet([Fernet(self._fernet_key(key)) for key in self.keys if key])

    def _fernet_key(self, key: str) -> bytes:
        return base64.urlsafe_b64encode(hmac.digest(key.encode(), self.use.encode(), sha256))
