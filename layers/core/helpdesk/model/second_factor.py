"""The staff's second factor: time-based codes (RFC 6238).

Only `agent_accounts` imports this: pyotp costs start-up time.
"""

import hmac
from datetime import datetime

import pyotp

_ISSUER = "Poshtiban"
_SKEW = 1  # time steps that a clock may be off, either way


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
