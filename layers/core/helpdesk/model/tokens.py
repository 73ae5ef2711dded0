"""Tokens open what stands under their hash: a session, an invitation. Only whoever holds one knows it."""

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 random bits, such as for a session or an invitation."""
    return secrets.token_urlsafe(32)


def token_id(token: str) -> str:
    """Under which id the thing stands that the token opens."""
    return sha256(token.encode()).hexdigest()
