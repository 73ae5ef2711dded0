"""Accounts: credentials with the sessions they opened, the challenges on the way to them, and invitations."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from helpdesk.model.delivery import Channel
from helpdesk.model.identifiers import ID_LENGTH, new_id
from helpdesk.model.people import Role
from helpdesk.model.rules import Quota
from helpdesk.model.session_rules import MOST_SESSIONS
from helpdesk.model.tokens import new_token

CHALLENGE_LIFETIME = timedelta(hours=1)
SIGN_IN_LIFETIME = timedelta(minutes=5)
INVITATION_LIFETIME = timedelta(days=3)
PASSWORD_RESET_LIFETIME = timedelta(hours=8)
"""Of one that an administrator gives a member of staff: handed on within a working day."""
SECOND_FACTOR_TRIES = 5

SIGN_IN_PACE = Quota(most=5, seconds=60)
"""Wrong sign-ins slow down to this before the operator's quota locks for a while."""

# One address, plain ASCII: enough for the company's own staff, and for the mailboxes that customers have.
_EMAIL = re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL_LENGTH = 254


class Purpose(StrEnum):
    """What a code is good for; the last two are notices that come without a code."""

    REGISTRATION = "registration"
    PASSWORD_RESET = "password_reset"  # noqa: S105  (a name)
    PHONE_CHANGE = "phone_change"
    EMAIL_CHANGE = "email_change"
    EXISTING_ACCOUNT = "existing_account"
    PHONE_CHANGED = "phone_changed"

    @property
    def channel(self) -> Channel:
        """By which way it goes out."""
        return Channel.EMAIL if self is Purpose.EMAIL_CHANGE else Channel.SMS


class Delivery(StrEnum):
    """What goes out for a challenge: its code, a notice that the account exists, or nothing."""

    CODE = "code"
    NOTICE = "notice"
    NOTHING = "nothing"


@dataclass(frozen=True)
class SessionEntry:
    """A session in its account's list."""

    id: str
    ends_at: datetime


@dataclass(frozen=True)
class PasswordReset:
    """Leave to choose another password without the present one, once.

    Args:
        hash: SHA-256 of the token, in hexadecimal; the token itself is never stored.
        given_by: the administrator who gave it.
    """

    hash: str
    ends_at: datetime
    given_by: str


@dataclass(frozen=True)
class Credentials:
    """What proves that somebody is the owner of an account.

    Args:
        login: the phone number of a customer, the e-mail address of a member of staff.
        sessions: the ones it opened, oldest first.
        totp_sealed: the secret of the second factor, encrypted; None before it is enrolled.
        totp_step: the last time step whose code was used; it and those before it are used up.
        recovery_hashes: of the recovery codes that were not used.
        password_reset: the newest that a member of staff was given; it ends with the next change of the password or
            of the member's access.
        version: grows by one with each change; a write is conditional on the version it was decided on.
    """

    account_id: str
    login: str
    password_hash: str
    sessions: tuple[SessionEntry, ...] = ()
    enabled: bool = True
    totp_sealed: str | None = None
    totp_step: int = 0
    recovery_hashes: tuple[str, ...] = ()
    password_reset: PasswordReset | None = None
    version: int = 0

    def with_session(self, entry: SessionEntry, now: datetime) -> tuple[Self, tuple[str, ...]]:
        """The credentials with one more session, and the ids of the oldest ones that end for it."""
        running = [listed for listed in self.sessions if listed.ends_at > now]
        ended = running[: max(len(running) + 1 - MOST_SESSIONS, 0)]
        kept = (*running[len(ended) :], entry)
        return replace(self, sessions=kept), tuple(listed.id for listed in ended)

    def without_sessions(self, ids: Collection[str]) -> Self:
        """The credentials when these sessions have ended."""
        return replace(self, sessions=tuple(entry for entry in self.sessions if entry.id not in ids))

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The ids of all listed sessions, oldest first."""
        return tuple(entry.id for entry in self.sessions)


@dataclass(frozen=True)
class Challenge:
    """A registration, a reset, another phone number or an e-mail address that waits for its code.

    Where the number is not what the caller hopes, a challenge stands there all the same, so that nothing tells the
    difference; no code can meet it.

    Args:
        to: the phone number or e-mail address that gets the code, and is proven by it.
        code_ends_at: until when the code counts; the challenge itself lives longer, for the next code.
        tries: how many codes were tried since the last one was sent.
        account_id: whose password, number or address is to change.
        name: of the customer who registers.
        password_hash: the password that a registration brings along.
    """

    id: str
    purpose: Purpose
    to: str
    delivery: Delivery
    code_hash: str
    code_ends_at: datetime
    ends_at: datetime
    tries: int = 0
    account_id: str | None = None
    name: str | None = None
    language: str | None = None
    password_hash: str | None = None

    @classmethod
    def opened(
        cls, purpose: Purpose, to: str, delivery: Delivery, now: datetime, account_id: str | None = None
    ) -> Self:
        """A new one, whose code is to come."""
        return cls(new_id(now), purpose, to, delivery, "", now, now + CHALLENGE_LIFETIME, account_id=account_id)

    def takes_codes(self, tries: int, now: datetime) -> bool:
        """Whether the code has neither run out nor met so many tries."""
        return now < min(self.code_ends_at, self.ends_at) and self.tries < tries


@dataclass(frozen=True)
class SignInChallenge:
    """A member of staff whose password was right, and whose second factor is to come.

    Args:
        totp_sealed: the secret to enrol with, encrypted; None for who has one already.
        is_recovery: a recovery code was given: what is enrolled takes the place of a lost one.
    """

    id: str
    account_id: str
    login: str
    ends_at: datetime
    totp_sealed: str | None = None
    is_recovery: bool = False
    tries: int = 0

    def takes_codes(self, now: datetime) -> bool:
        """Whether it has neither run out nor met too many tries."""
        return now < self.ends_at and self.tries < SECOND_FACTOR_TRIES

    def enrols(self, credentials: Credentials) -> bool:
        """Whether a code of the challenge's own secret is wanted, which becomes the second factor."""
        return self.totp_sealed is not None and (self.is_recovery or credentials.totp_sealed is None)


@dataclass(frozen=True)
class Invitation:
    """A place on the staff that waits for its person.

    Args:
        id: SHA-256 of the token, in hexadecimal; the token itself is never stored.
        invited_by: the administrator who gave it; None for the one that an operator gets before there is any staff.
    """

    id: str
    email: str
    role: Role
    topics: tuple[str, ...]
    ends_at: datetime
    invited_by: str | None = None


def new_reset_token(account_id: str) -> str:
    """A token for a password reset, which also says whose."""
    return account_id + new_token()


def account_of(reset_token: str) -> str:
    """Whose password a token may reset, or what stands in that place of any other text."""
    return reset_token[:ID_LENGTH]


def canonical_email(text: str) -> str:
    """An e-mail address in lower case.

    Raises:
        ValueError: it is none.
    """
    address = text.strip().lower()
    if len(address) > _EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise ValueError("email")
    return address
