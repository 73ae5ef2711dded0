"""Fields of accounts; and what somebody sends who wants one, or lost its password."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from helpdesk.actions.register import Applicant
from helpdesk.edge.fields import Line, Phone, Request, View
from helpdesk.model.account import canonical_email
from helpdesk.model.codes import canonical_code
from helpdesk.model.passwords import LONGEST, SHORTEST, canonical_password

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


class RegistrationStarted(View):
    """The same whether or not the number is known; seconds until another code may be sent."""

    registration_id: str
    resend_after: int


class RegistrationConfirmation(Request):
    """The code that came by SMS."""

    code: Code
    transport: Transport = "cookie"


class ResetRequest(Request):
    """Whose password is lost."""

    phone: Phone


class ResetStarted(View):
    """The same whether or not the number is known; seconds until another code may be sent."""

    reset_id: str
    resend_after: int


class ResetConfirmation(Request):
    """The code that came by SMS, and the new password."""

    code: Code
    password: NewPassword


class PasswordChange(Request):
    """The present password and the new one."""

    current_password: Password
    password: NewPassword
