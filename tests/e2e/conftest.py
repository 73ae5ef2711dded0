"""The stack that the end-to-end tests talk to: their own, on a free port, ended with them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count

import pyotp
import pytest

from helpdesk.actions.seed_people import create_customer
from helpdesk.model.passwords import canonical_password
from helpdesk.store.table import Table
from local.emulator import free_port
from local.stack import LocalStack
from tests.e2e.people import Person, Sms
from tests.support.denials import denials

PASSWORD = "گذرواژهٔ بلند ۱۲۳"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """A deployed and seeded stack; in the end no role may have lacked a permission."""
    with LocalStack.start(free_port(), tmp_path_factory.mktemp("stack")) as started:
        yield started
        assert denials(started) == []


@pytest.fixture(scope="session")
def sms(stack: LocalStack) -> Sms:
    """What was sent to phones."""
    return Sms(stack.state_dir / "sms.jsonl")


@pytest.fixture(scope="session")
def customer(stack: LocalStack) -> Callable[[], Person]:
    """A new customer, signed in; made as the demo's are, since one address may register thirty in an hour."""
    accounts, desk = (Table(stack.cloud.dynamodb, stack.outputs[name]) for name in ("AccountsTable", "DeskTable"))
    numbers = (f"+98935{number:07}" for number in count(1000000))

    def sign_in() -> Person:
        phone = next(numbers)
        create_customer(accounts, desk, "مشتری تازه", phone, canonical_password(PASSWORD), datetime.now(UTC))
        person = Person.at(stack.file.public_api)
        return person.signed_in(person.post("/sessions", {"phone": phone, "password": PASSWORD, "transport": "bearer"}))

    return sign_in


@pytest.fixture(scope="session")
def staff(stack: LocalStack) -> Callable[[str], Person]:
    """A member of the demo's staff of this role, signed in with password and TOTP."""
    signed_in: dict[str, Person] = {}

    def sign_in(role: str) -> Person:
        if role not in signed_in:
            member = next(member for member in stack.file.demo.staff if member.role == role)
            person = Person.at(stack.file.internal_api)
            asked = person.post("/sessions", {"email": member.email, "password": member.password})
            code = pyotp.TOTP(member.totp_secret).now()
            body = {"challenge_id": asked["challenge_id"], "code": code, "transport": "bearer"}
            signed_in[role] = person.signed_in(person.post("/sessions/confirm", body))
        return signed_in[role]

    return sign_in
