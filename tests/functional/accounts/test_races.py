"""Accounts on AWS's own engine: its grammar takes every write, and of many at once the right number wins."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import boto3
import pyotp
import pytest
from botocore.config import Config

from helpdesk.actions import (
    change_email,
    change_password,
    change_phone,
    end_sessions,
    invite_staff,
    profile,
    register,
    reset_password,
    sign_in,
    staff_directory,
    staff_password,
    staff_sign_in,
)
from helpdesk.actions.open_session import Visit, staff_signed_in
from helpdesk.actions.registry import CustomerRegistry
from helpdesk.actions.seed_people import create_customer, create_staff
from helpdesk.actions.staff_registry import StaffRegistry
from helpdesk.edge.rules import load_rules
from helpdesk.model.account import Purpose
from helpdesk.model.codes import CodeMessage, CodeSeal
from helpdesk.model.errors import BusyError, ConflictError, CredentialsError, HelpdeskError, TooManyRequestsError
from helpdesk.model.identifiers import new_id
from helpdesk.model.people import Role, Session
from helpdesk.model.vault import Vault
from helpdesk.store import accounts, challenges
from helpdesk.store.table import Table
from tests.functional.accounts.conftest import EMAIL, PASSWORD, PHONE, TOTP_SECRET
from tests.support.environment import REGION
from tests.support.template import create_table_request

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ADDRESS = "198.51.100.7"
VISIT = Visit(ADDRESS)
AT_ONCE = 8
DISABLED = staff_directory.StaffPatch(enabled=False)


@pytest.fixture
def tables(dynamodb_local: str) -> Iterator[dict[str, Table]]:
    """The three tables, of their own for each test."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=dynamodb_local,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(max_pool_connections=AT_ONCE),
    )
    made = {name: Table(client, f"{name}-{new_id(datetime.now(UTC))}") for name in ("accounts", "sessions", "desk")}
    for name, table in made.items():
        client.create_table(**{**create_table_request(name), "TableName": table.name})
    yield made
    for table in made.values():
        client.delete_table(TableName=table.name)


@pytest.fixture
def sent() -> list[CodeMessage]:
    """The messages for the SMS sender."""
    return []


@pytest.fixture
def customers(tables: dict[str, Table], sent: list[CodeMessage]) -> CustomerRegistry:
    """What the actions of customers work with."""
    seal = CodeSeal(("pepper", ""))
    return CustomerRegistry(
        **tables, rules=load_rules(), common_passwords=(), codes=seal, send=sent.append, notify=sent.append
    )


@pytest.fixture
def staff(tables: dict[str, Table]) -> StaffRegistry:
    """What the actions of staff work with."""
    return StaffRegistry(**tables, rules=load_rules(), common_passwords=(), vault=Vault(("key", "")))


def _at_once[Result](work: Callable[[int], Result]) -> list[Result | type[HelpdeskError]]:
    """What became of the same work begun many times at once: its result, or the kind of refusal."""

    def outcome(number: int) -> Result | type[HelpdeskError]:
        try:
            return work(number)
        except HelpdeskError as refusal:
            return type(refusal)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(outcome, range(AT_ONCE)))


def _succeeded(outcomes: list[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, type)]


def _applicant(phone: str = PHONE) -> register.Applicant:
    return register.Applicant(phone, "سارا", PASSWORD, "fa")


def test_a_customers_whole_life(customers: CustomerRegistry, sent: list[CodeMessage]) -> None:
    registration_id = register.register(customers, _applicant(), ADDRESS, NOW)
    signed_in = register.confirm_registration(customers, registration_id, sent[-1].code or "", VISIT, NOW)
    caller = signed_in.session
    sign_in.sign_in(customers, PHONE, PASSWORD, VISIT, NOW)
    profile.change_profile(customers, caller, profile.ProfilePatch(name="سارا محمدی"))
    email_id = change_email.start_email_change(customers, caller, "sara@mail.example", ADDRESS, "fa", NOW)
    change_email.confirm_email_change(customers, caller, email_id, sent[-1].code or "", ADDRESS, NOW)
    change_email.remove_email(customers, caller)
    change_id = change_phone.start_phone_change(customers, caller, "+989350000000", PASSWORD, ADDRESS, "fa", NOW)
    moved = change_phone.confirm_phone_change(customers, caller, change_id, sent[-1].code or "", ADDRESS, NOW)
    change_password.change_password(customers, caller, PASSWORD, "another-long-secret", NOW)
    reset_id = reset_password.start_reset(customers, "+989350000000", ADDRESS, "fa", NOW)

    assert [session.name for session in end_sessions.list_sessions(customers, caller, NOW)] == ["سارا محمدی"]
    reset_password.confirm_reset(customers, reset_id, sent[-1].code or "", PASSWORD, ADDRESS, NOW)
    assert end_sessions.list_sessions(customers, caller, NOW) == []
    assert profile.read_profile(customers, caller) == replace(moved, name="سارا محمدی", email=None, email_proven=False)


def test_a_member_of_staffs_whole_life(staff: StaffRegistry) -> None:
    invited = invite_staff.invite_first_admin(staff, EMAIL, NOW)
    boss = invite_staff.accept_invitation(staff, invited.token, "مدیر", PASSWORD, NOW)
    wanted = staff_sign_in.start_sign_in(staff, EMAIL, PASSWORD, ADDRESS, NOW)
    code = pyotp.TOTP(wanted.secret or "").at(NOW)
    caller = staff_sign_in.confirm_sign_in(staff, wanted.challenge_id, code, VISIT, NOW)[0].session
    other = invite_staff.invite_staff(staff, caller, "nima@desk.example", Role.AGENT, ("credit",), NOW)
    nima = invite_staff.accept_invitation(staff, other.token, "نیما", PASSWORD, NOW)
    changed = staff_directory.change_staff_member(
        staff, caller, nima.id, staff_directory.StaffPatch(role=Role.SUPERVISOR, enabled=False), NOW
    )

    assert {member.id: member for member in staff_directory.list_staff(staff, caller)} == {
        boss.id: boss,
        nima.id: changed,
    }


def test_of_many_confirmations_at_once_one_opens_the_account(
    customers: CustomerRegistry, sent: list[CodeMessage]
) -> None:
    registration_id = register.register(customers, _applicant(), ADDRESS, NOW)
    code = sent[-1].code or ""

    outcomes = _at_once(lambda _: register.confirm_registration(customers, registration_id, code, VISIT, NOW))

    assert len(_succeeded(outcomes)) == 1
    assert set(outcomes) - set(_succeeded(outcomes)) <= {CredentialsError, BusyError}


def test_of_many_registrations_at_once_one_gets_a_code(customers: CustomerRegistry, sent: list[CodeMessage]) -> None:
    outcomes = _at_once(lambda _: register.register(customers, _applicant(), ADDRESS, NOW))

    assert len(_succeeded(outcomes)) == len(sent) == 1
    assert set(outcomes) - set(_succeeded(outcomes)) <= {TooManyRequestsError, BusyError}


def test_of_many_guesses_at_once_five_are_looked_at(customers: CustomerRegistry, sent: list[CodeMessage]) -> None:
    registration_id = register.register(customers, _applicant(), ADDRESS, NOW)
    challenge = challenges.find(customers.accounts, registration_id, Purpose.REGISTRATION)
    assert challenge

    def attempt(_: int) -> bool:
        customers.accounts.apply(challenges.attempt(customers.accounts, challenge, 5))
        return True

    assert len(_succeeded(_at_once(attempt))) == 5


def test_sign_ins_at_once_are_all_listed(customers: CustomerRegistry) -> None:
    customer = create_customer(customers.accounts, customers.desk, "سارا", PHONE, PASSWORD, NOW)

    outcomes = _at_once(lambda number: sign_in.sign_in(customers, PHONE, PASSWORD, Visit(f"198.51.100.{number}"), NOW))

    opened = _succeeded(outcomes)
    credentials = accounts.find(customers.accounts, customer.id)
    assert credentials
    assert opened
    assert set(credentials.session_ids) == {each.session.id for each in opened}
    assert set(outcomes) - set(opened) <= {BusyError, TooManyRequestsError}


def test_one_code_of_the_second_factor_opens_one_session(staff: StaffRegistry) -> None:
    vault = staff.vault
    create_staff(staff.accounts, staff.desk, vault, EMAIL, "رضا", PASSWORD, Role.AGENT, (), TOTP_SECRET, NOW)
    # two challenges, as of somebody who saw the code over a shoulder
    waiting = [staff_sign_in.start_sign_in(staff, EMAIL, PASSWORD, ADDRESS, NOW).challenge_id for _ in range(2)]
    code = pyotp.TOTP(TOTP_SECRET).at(NOW)

    outcomes = _at_once(lambda number: staff_sign_in.confirm_sign_in(staff, waiting[number % 2], code, VISIT, NOW))

    assert len(_succeeded(outcomes)) == 1
    assert set(outcomes) - set(_succeeded(outcomes)) <= {CredentialsError, TooManyRequestsError, BusyError}


def test_of_many_first_admins_at_once_one_is_invited(staff: StaffRegistry) -> None:
    outcomes = _at_once(lambda _: invite_staff.invite_first_admin(staff, EMAIL, NOW))

    assert len(_succeeded(outcomes)) == 1
    assert set(outcomes) - set(_succeeded(outcomes)) <= {ConflictError, BusyError}


def test_an_invitation_accepted_many_times_at_once_makes_one_member(staff: StaffRegistry) -> None:
    token = invite_staff.invite_first_admin(staff, EMAIL, NOW).token

    outcomes = _at_once(lambda _: invite_staff.accept_invitation(staff, token, "مدیر", PASSWORD, NOW))

    assert len(_succeeded(outcomes)) == 1


def test_a_password_reset_used_many_times_at_once_sets_one_password(staff: StaffRegistry) -> None:
    admin, member = _administrator(staff, EMAIL), _administrator(staff, "other@desk.example")
    token = staff_password.give_password_reset(staff, admin, member.account_id, NOW).token

    def use(number: int) -> str:
        staff_password.use_password_reset(staff, token, f"{PASSWORD}-{number}", ADDRESS, NOW)
        return f"{PASSWORD}-{number}"

    (password,) = _succeeded(_at_once(use))
    assert staff_sign_in.start_sign_in(staff, "other@desk.example", password, ADDRESS, NOW).secret is None


def test_of_resets_given_at_once_one_counts(staff: StaffRegistry) -> None:
    admin, member = _administrator(staff, EMAIL), _administrator(staff, "other@desk.example")

    given = _succeeded(
        _at_once(lambda _: staff_password.give_password_reset(staff, admin, member.account_id, NOW).token)
    )

    def use(number: int) -> bool:
        staff_password.use_password_reset(staff, given[number % len(given)], PASSWORD, ADDRESS, NOW)
        return True

    assert len(_succeeded(_at_once(use))) == 1


def test_two_administrators_who_remove_each_other_at_once_leave_one(staff: StaffRegistry) -> None:
    admins = [_administrator(staff, f"{name}@desk.example") for name in ("one", "two")]

    def remove(number: int) -> bool:
        me, other = admins[number % 2], admins[1 - number % 2]
        staff_directory.change_staff_member(staff, me, other.account_id, DISABLED, NOW)
        return True

    _at_once(remove)

    left = [member for member in staff_directory.list_staff(staff, admins[0]) if member.enabled]
    assert [member.role for member in left] == [Role.ADMIN]


def test_three_administrators_who_remove_each_other_in_a_ring_leave_one_at_least(staff: StaffRegistry) -> None:
    admins = [_administrator(staff, f"{number}@desk.example") for number in range(3)]

    _at_once(
        lambda number: staff_directory.change_staff_member(
            staff, admins[number % 3], admins[(number + 1) % 3].account_id, DISABLED, NOW
        )
    )

    assert any(member.enabled for member in staff_directory.list_staff(staff, admins[0]))


def test_a_recovery_code_works_once_however_often_it_comes_at_once(staff: StaffRegistry) -> None:
    invited = invite_staff.invite_first_admin(staff, EMAIL, NOW)
    invite_staff.accept_invitation(staff, invited.token, "مدیر", PASSWORD, NOW)
    wanted = staff_sign_in.start_sign_in(staff, EMAIL, PASSWORD, ADDRESS, NOW)
    code = pyotp.TOTP(wanted.secret or "").at(NOW)
    _, (recovery_code, *_) = staff_sign_in.confirm_sign_in(staff, wanted.challenge_id, code, VISIT, NOW)
    waiting = [staff_sign_in.start_sign_in(staff, EMAIL, PASSWORD, ADDRESS, NOW).challenge_id for _ in range(2)]

    outcomes = _at_once(
        lambda number: staff_sign_in.start_recovery(staff, waiting[number % 2], recovery_code, ADDRESS, NOW)
    )

    assert len(_succeeded(outcomes)) == 1


def _administrator(staff: StaffRegistry, email: str) -> Session:
    member = create_staff(
        staff.accounts, staff.desk, staff.vault, email, "مدیر", PASSWORD, Role.ADMIN, (), TOTP_SECRET, NOW
    )
    return staff_signed_in(member, "", NOW).session
