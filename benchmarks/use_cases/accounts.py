"""People come in: customers with a code, staff with an invitation and a second factor."""

import time

import pyotp

from benchmarks.use_cases.stage import Person, Stage
from helpdesk.model.people import Kind

PASSWORD = "a-long-enough-secret"  # noqa: S105
PHONE, OTHER_PHONE = "09121234567", "09350000000"
REZA = "رضا کریمی"
_BEARER = {"transport": "bearer"}


def register(stage: Stage) -> Person:
    """Sara, signed in."""
    sara = Person(stage, Kind.CUSTOMER)
    wanted = {"phone": PHONE, "name": "سارا محمدی", "password": PASSWORD}
    started = sara.does("register", "POST", "/registrations", wanted)
    code = {"code": stage.take_code(), **_BEARER}
    sara.does("confirm a registration", "POST", f"/registrations/{started['registration_id']}/confirm", code)
    credentials = {"phone": PHONE, "password": PASSWORD, **_BEARER}
    return sara.signed_in(sara.does("sign in", "POST", "/sessions", credentials))


def keep_account(sara: Person) -> None:
    """What a customer does with the account."""
    stage = sara.stage
    sara.does("read my profile", "GET", "/me")
    sara.does("change my profile", "PATCH", "/me", {"language": "en"})
    sara.does("list my sessions", "GET", "/sessions")
    started = sara.does("start a phone change", "POST", "/me/phone", {"phone": OTHER_PHONE, "password": PASSWORD})
    code = {"code": stage.take_code()}
    sara.does("confirm a phone change", "POST", f"/me/phone/{started['change_id']}/confirm", code)
    change = {"current_password": PASSWORD, "password": f"{PASSWORD}-2"}
    sara.does("change my password", "POST", "/me/password", change)
    sara.does("end all other sessions", "DELETE", "/sessions")
    sara.does("sign out", "DELETE", "/sessions/current")
    started = sara.does("ask for a new password", "POST", "/password-resets", {"phone": OTHER_PHONE})
    code = {"code": stage.take_code(), "password": PASSWORD}
    sara.does("set a new password", "POST", f"/password-resets/{started['reset_id']}/confirm", code)


def found_office(stage: Stage) -> tuple[Person, Person]:
    """The first administrator and an agent for everything, Reza, both signed in."""
    gateway = stage.function("agent_accounts").handler
    invited = gateway({"first_admin": {"email": "boss@desk.example"}}, None)
    boss = _joins(Person(stage, Kind.AGENT), invited["token"], "boss@desk.example", "مدیر")
    wanted = {
        "email": "reza@desk.example",
        "role": "agent",
        "topics": ["credit", "documents", "cheque_return", "other"],
    }
    invited = boss.does("invite somebody to the staff", "POST", "/staff", wanted)
    reza = _joins(Person(stage, Kind.AGENT), invited["token"], "reza@desk.example", REZA)
    return boss, reza


def keep_office(boss: Person) -> None:
    """What an administrator does with the directory."""
    directory = boss.does("list the staff", "GET", "/staff")["items"]
    reza_id = next(entry["id"] for entry in directory if entry["role"] == "agent")
    boss.does("read a member of staff", "GET", f"/staff/{reza_id}")
    boss.does("change a member of staff", "PATCH", f"/staff/{reza_id}", {"topics": ["credit"]})
    boss.does("sign out as staff", "DELETE", "/sessions/current")


def _joins(stranger: Person, invitation: str, email: str, name: str) -> Person:
    acceptance = {"name": name, "password": PASSWORD}
    stranger.does("accept an invitation", "POST", f"/invitations/{invitation}/accept", acceptance)
    wanted = stranger.does("sign in as staff", "POST", "/sessions", {"email": email, "password": PASSWORD})
    code = pyotp.TOTP(wanted["enrolment"]["secret"]).at(int(time.time()))
    confirmation = {"challenge_id": wanted["challenge_id"], "code": code, **_BEARER}
    return stranger.signed_in(stranger.does("confirm the second factor", "POST", "/sessions/confirm", confirmation))
