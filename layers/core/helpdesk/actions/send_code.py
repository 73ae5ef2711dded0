"""Codes by SMS or e-mail: a challenge opens or gets another code, and the message goes out."""

from dataclasses import replace
from datetime import datetime, timedelta

from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.sign_in_limits import code_counted
from helpdesk.model.account import Challenge, Delivery, Purpose
from helpdesk.model.codes import CodeMessage, new_code, unmatched_hash
from helpdesk.model.delivery import Channel
from helpdesk.model.errors import CredentialsError, NotFoundError
from helpdesk.model.identifiers import new_id
from helpdesk.store import challenges, limits
from helpdesk.store.table import Write


def open_challenge(
    registry: CustomerRegistry, challenge: Challenge, address: str, language: str, now: datetime
) -> Challenge:
    """Store a new challenge and send its code; one request, the same whatever it is that the code goes to.

    Raises:
        TooManyRequestsError: the last code is too fresh, or the number or the address had too many.
    """
    coded, code = _with_code(registry, challenge, now)
    _commit(registry, challenges.creation(registry.accounts, coded), coded, address, now)
    registry.send(_message(coded, code, language, now))
    return coded


def resend_code(
    registry: CustomerRegistry,
    purpose: Purpose,
    challenge_id: str,
    address: str,
    language: str,
    now: datetime,
    account_id: str | None = None,
) -> None:
    """Send another code, which ends the one before; two requests.

    Args:
        account_id: whose challenge it must be, for somebody who is signed in.

    Raises:
        NotFoundError: there is no such challenge, or it has run out.
        TooManyRequestsError: the last code is too fresh, or the number or the address had too many.
    """
    challenge = challenges.find(registry.accounts, challenge_id, purpose)
    if challenge is None or now >= challenge.ends_at or account_id not in (None, challenge.account_id):
        raise NotFoundError
    coded, code = _with_code(registry, challenge, now)
    _commit(registry, challenges.renewal(registry.accounts, coded, challenge), coded, address, now)
    registry.send(_message(coded, code, language, now))


def meet_challenge(
    registry: CustomerRegistry, purpose: Purpose, challenge_id: str, code: str, address: str, now: datetime
) -> Challenge:
    """The challenge, when this is its code; two requests. What it is for must end it in its own transaction.

    Raises:
        TooManyRequestsError: too many wrong codes from this address.
        CredentialsError: the code is wrong, too old, used or tried too often, or the challenge is not there.
    """
    challenge = challenges.find(registry.accounts, challenge_id, purpose)
    tries = registry.rules.codes.tries
    if challenge is None or not challenge.takes_codes(tries, now):
        raise CredentialsError
    attempt = challenges.attempt(registry.accounts, challenge, tries)
    registry.accounts.commit([attempt, code_counted(registry, challenge.to, address, now)])
    if not registry.codes.matches(challenge.code_hash, purpose, challenge.to, challenge.id, code):
        raise CredentialsError
    return challenge


def _with_code(registry: CustomerRegistry, challenge: Challenge, now: datetime) -> tuple[Challenge, str]:
    """The challenge with a new code; one that nobody shall meet gets a hash that no code has."""
    code = new_code()
    code_hash = registry.codes.hash(challenge.purpose, challenge.to, challenge.id, code)
    coded = replace(
        challenge,
        code_hash=code_hash if challenge.delivery == Delivery.CODE else unmatched_hash(),
        code_ends_at=now + timedelta(seconds=registry.rules.codes.lifetime_seconds),
        tries=0,
    )
    return coded, code


def _commit(registry: CustomerRegistry, write: Write, challenge: Challenge, address: str, now: datetime) -> None:
    pause = timedelta(seconds=registry.rules.codes.resend_seconds)
    used = [
        limits.use(registry.accounts, what, who, registry.rules.quotas[what], now)
        for what, who in _spends(challenge, address).items()
    ]
    registry.accounts.commit([challenges.sending(registry.accounts, challenge, pause, now), *used, write])


def _spends(challenge: Challenge, address: str) -> dict[str, str]:
    """Whose quotas a code uses up. Mail costs nothing, so that an account must not fill other people's boxes either."""
    if challenge.purpose.channel == Channel.EMAIL:
        return {
            "codes_email": challenge.to,
            "codes_email_account": challenge.account_id or "",
            "codes_address": address,
        }
    return {"codes_phone": challenge.to, "codes_address": address}


def _message(challenge: Challenge, code: str, language: str, now: datetime) -> CodeMessage:
    is_notice = challenge.delivery == Delivery.NOTICE
    return CodeMessage(
        id=new_id(now),
        to=challenge.to,
        code=None if is_notice else code,
        purpose=Purpose.EXISTING_ACCOUNT if is_notice else challenge.purpose,
        expires_at=challenge.code_ends_at,
        deliver=challenge.delivery != Delivery.NOTHING,
        language=language,
    )
