"""The ways in for staff: sign-ins that wait for the second factor, and invitations."""

from datetime import datetime

from helpdesk.model.account import SECOND_FACTOR_TRIES, Invitation, SignInChallenge
from helpdesk.model.errors import BusyError, ConflictError, CredentialsError, NotFoundError
from helpdesk.store import keys
from helpdesk.store.codec import encode, epoch, from_item, to_item
from helpdesk.store.table import Table, Write


def challenge_creation(accounts: Table, challenge: SignInChallenge) -> Write:
    """A sign-in whose password was right."""
    item = {**keys.sign_in_challenge(challenge.id), **to_item(challenge), "expires_at": epoch(challenge.ends_at)}
    return accounts.put(item, refusal=lambda _: BusyError())


def find_challenge(accounts: Table, challenge_id: str) -> SignInChallenge | None:
    """The sign-in of this id; whether it still counts is for the caller to see."""
    item = accounts.get(keys.sign_in_challenge(challenge_id))
    return from_item(SignInChallenge, item) if item else None


def challenge_attempt(accounts: Table, challenge: SignInChallenge) -> Write:
    """One more try, counted before the code is looked at."""
    return accounts.update(
        keys.sign_in_challenge(challenge.id),
        "ADD tries :one",
        condition="attribute_exists(pk) AND tries < :most",
        values={":one": encode(1), ":most": encode(SECOND_FACTOR_TRIES)},
        refusal=lambda _: CredentialsError(),
    )


def challenge_recovery(accounts: Table, challenge: SignInChallenge) -> Write:
    """The sign-in goes on with a new second factor."""
    return accounts.update(
        keys.sign_in_challenge(challenge.id),
        "SET totp_sealed = :sealed, is_recovery = :yes",
        condition="attribute_exists(pk)",
        values={":sealed": encode(challenge.totp_sealed), ":yes": encode(challenge.is_recovery)},
        refusal=lambda _: CredentialsError(),
    )


def challenge_end(accounts: Table, challenge: SignInChallenge) -> Write:
    """The sign-in is complete, once."""
    return accounts.delete(
        keys.sign_in_challenge(challenge.id),
        condition="attribute_exists(pk)",
        refusal=lambda _: CredentialsError(),
    )


def invitation_creation(accounts: Table, invitation: Invitation) -> Write:
    """A new invitation."""
    item = {**keys.invitation(invitation.id), **to_item(invitation), "expires_at": epoch(invitation.ends_at)}
    return accounts.put(item, refusal=lambda _: BusyError())


def find_invitation(accounts: Table, invitation_id: str) -> Invitation | None:
    """The invitation of this id; whether it still counts is for the caller to see."""
    item = accounts.get(keys.invitation(invitation_id))
    return from_item(Invitation, item) if item else None


def invitation_end(accounts: Table, invitation: Invitation) -> Write:
    """The invitation is accepted, once."""
    return accounts.delete(
        keys.invitation(invitation.id),
        condition="attribute_exists(pk)",
        refusal=lambda _: NotFoundError(),
    )


def first_admin_claim(accounts: Table, invitation: Invitation, now: datetime) -> Write:
    """The one invitation of a first administrator; another only after it ran out without being accepted."""
    return accounts.put(
        {**keys.first_admin(), "ends_at": encode(invitation.ends_at)},
        condition="attribute_not_exists(pk) OR (attribute_not_exists(accepted_at) AND ends_at <= :now)",
        values={":now": encode(now)},
        refusal=lambda _: ConflictError(),
    )


def first_admin_settled(accounts: Table, now: datetime) -> Write:
    """There is a first administrator: no further invitation of this kind, ever."""
    return accounts.update(keys.first_admin(), "SET accepted_at = :now", values={":now": encode(now)})
