"""Accounts of customers: what they send and what they see."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field

from helpdesk.actions.open_session import SignedIn
from helpdesk.actions.profile import ProfilePatch
from helpdesk.actions.register import Applicant
from helpdesk.edge.fields import Line, Phone, Request
from helpdesk.model.account import canonical_email
from helpdesk.model.codes import canonical_code
from helpdesk.model.passwords import LONGEST, SHORTEST, canonical_password
from helpdesk.model.people import Customer, Session
from helpdesk.model.session_rules import IDLE

_NAME_LENGTH = 100

Name = Annotated[Line, Field(max_length=_NAME_LENGTH)]
Email = Annotated[str, AfterValidator(canonical_email)]
Code = Annotated[str, Field(max_length=20), AfterValidator(canonical_code)]
NewPassword = Annotated[
    str,
    AfterValidator(canonical_password),
    Field(min_length=SHORTEST, max_length=LONGEST, json_schema_extra={"format": "password"}),
]
Password = Annotated[
    str,
    AfterValidator(canonical_password),
    Field(min_length=1, max_length=LONGEST, json_schema_extra={"format": "password"}),
]
Language = Literal["fa", "en"]
Transport = Annotated[
    Literal["cookie", "bearer"],
    Field(description="How the session comes: as a cookie of our own pages, or as a token for programs."),
]


class Registration(Request):
    """Somebody who wants an account."""

    phone: Phone
    name: Name
    password: NewPassword

    def applicant(self, language: str) -> Applicant:
        """What the action is asked for."""
        return Applicant(self.phone, self.name, self.password, language)


class RegistrationStarted(BaseModel):
    """The same whether or not the number is known; seconds until another code may be sent."""

    registration_id: str
    resend_after: int


class RegistrationConfirmation(Request):
    """The code that came by SMS."""

    code: Code
    transport: Transport = "cookie"


class SignIn(Request):
    """Phone number and password."""

    phone: Phone
    password: Password
    transport: Transport = "cookie"


class ResetRequest(Request):
    """Whose password is lost."""

    phone: Phone


class ResetStarted(BaseModel):
    """The same whether or not the number is known; seconds until another code may be sent."""

    reset_id: str
    resend_after: int


class ResetConfirmation(Request):
    """The code that came by SMS, and the new password."""

    code: Code
    password: NewPassword


class Account(BaseModel):
    """The customer who signed in."""

    id: str
    name: str
    phone: str
    language: str


class SessionOpened(BaseModel):
    """A new session and when it ends at the latest; the token only with the transport "bearer"."""

    account: Account
    expires_at: datetime
    token: str | None = None

    @classmethod
    def of(cls, signed_in: SignedIn[Customer], transport: str) -> Self:
        """The session as its customer learns of it."""
        person = signed_in.person
        return cls(
            account=Account(id=person.id, name=person.name, phone=person.phone, language=person.language),
            expires_at=signed_in.session.ends_at,
            token=signed_in.token if transport == "bearer" else None,
        )


class SessionView(BaseModel):
    """A browser or program that is signed in; when it was last seen is noted every few minutes."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_current: bool

    @classmethod
    def of(cls, session: Session, current: Session) -> Self:
        """The session as its customer sees it."""
        return cls(
            id=session.id,
            device=session.device,
            created_at=session.created_at,
            seen_at=session.seen_at,
            expires_at=min(session.ends_at, session.seen_at + IDLE[session.kind]),
            is_current=session.id == current.id,
        )


class SessionList(BaseModel):
    """All sessions of a customer, newest first; at most 20."""

    items: list[SessionView]


class Preferences(BaseModel):
    """How a customer wants to be told: by SMS, and at which e-mail address, if any."""

    sms: bool
    email: str | None


class Profile(Account):
    """What we know of a customer."""

    preferences: Preferences

    @classmethod
    def of(cls, customer: Customer) -> Self:
        """The profile as its customer sees it."""
        return cls(
            id=customer.id,
            name=customer.name,
            phone=customer.phone,
            language=customer.language,
            preferences=Preferences(sms=customer.sms, email=customer.email),
        )


class PreferencesPatch(Request):
    """Preferences to change; null takes the e-mail address away."""

    sms: bool = True
    email: Email | None = None


class ProfileChange(Request):
    """What changes of the profile; what is left out stays."""

    name: Name | None = None
    language: Language | None = None
    preferences: PreferencesPatch | None = None

    def patch(self) -> ProfilePatch:
        """What the action is asked for."""
        preferences = self.preferences or PreferencesPatch()
        sent = preferences.model_fields_set
        return ProfilePatch(
            name=self.name,
            language=self.language,
            sms=preferences.sms if "sms" in sent else None,
            email=(preferences.email or "") if "email" in sent else None,
        )


class PhoneChange(Request):
    """Another phone number, and the password as a proof."""

    phone: Phone
    password: Password


class PhoneChangeStarted(BaseModel):
    """The same whether or not the number is known; seconds until another code may be sent."""

    change_id: str
    resend_after: int


class PhoneChangeConfirmation(Request):
    """The code that came by SMS to the new number."""

    code: Code


class PasswordChange(Request):
    """The present password and the new one."""

    current_password: Password
    password: NewPassword
