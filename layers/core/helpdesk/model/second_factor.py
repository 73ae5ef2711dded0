"""The staff's second factor: time-based codes (RFC 6238), their secrets encrypted at rest.

Only `agent_accounts` imports this: cryptography and pyotp cost start-up time.
"""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, MultiFernet

_ISSUER = "Poshtiban"
_SKEW = 1  # time steps that a clock may be off, either way


@dataclass(frozen=True)
class Vault:
    """Encrypts secrets with the first key, and decrypts what any of the keys encrypted.

    Args:
        keys: the current key and, after a rotation, the previous one; empty ones do not count.
    """

    keys: Sequence[str]

    def seal(self, secret: str) -> str:
        """The secret, encrypted under the current key."""
        return self._fernet().encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret again.

        Raises:
            cryptography.fernet.InvalidToken: no key of ours encrypted it.
        """
        return self._fernet().decrypt(sealed.encode()).decode()

    def _fernet(self) -> MultiFernet:
        return MultiFernet([Fernet(_fernet_key(key)) for key in self.keys if key])


def _fernet_key(key: str) -> bytes:
    return base64.urlsafe_b64encode(hmac.digest(key.encode(), b"second factors at rest", sha256))


def new_secret() -> str:
    """160 random bits in base 32, as authenticator apps take them."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str) -> str:
    """The otpauth URI that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, at most one step from now; None for a wrong code."""
    totp = pyotp.TOTP(secret)
    present = totp.timecode(now)
    steps = range(present - _SKEW, present + _SKEW + 1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), code)]
    return max(matching, default=None)
