"""Accounts of staff: what they send and what they see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from helpdesk.actions.invite_staff import Invited
from helpdesk.actions.open_session import SignedIn
from helpdesk.actions.staff_directory import StaffPatch
from helpdesk.actions.staff_password import ResetGiven
from helpdesk.actions.staff_sign_in import SecondFactorWanted
from helpdesk.edge.account_models import Code, Email, Name, NewPassword, Password, Transport
from helpdesk.edge.fields import Id, Request, TopicName, View
from helpdesk.model.people import Role, StaffMember
from helpdesk.model.recovery import canonical_recovery_code

# A role comes as text: strict models take no member of an enumeration from JSON by themselves.
RoleField = Annotated[Role, Field(strict=False)]
RecoveryCode = Annotated[str, Field(max_length=60), AfterValidator(canonical_recovery_code)]
Topics = Annotated[list[TopicName], Field(max_length=40)]


class StaffSignIn(Request):
    """E-mail address and password."""

    email: Email
    password: Password


class Enrolment(View):
    """The secret of the second factor, for an authenticator app: in base 32, and as an otpauth URI."""

    secret: str
    uri: str


class CodeWanted(View):
    """The password was right; the code of the second factor is next. `enrolment` stands at the first sign-in."""

    challenge_id: str
    enrolment: Enrolment | None = None

    @classmethod
    def of(cls, wanted: SecondFactorWanted) -> Self:
        """The challenge as its person learns of it."""
        enrolment = Enrolment(secret=wanted.secret, uri=wanted.uri) if wanted.secret and wanted.uri else None
        return cls(challenge_id=wanted.challenge_id, enrolment=enrolment)


class StaffConfirmation(Request):
    """The code that the authenticator app shows."""

    challenge_id: Id
    code: Code
    transport: Transport = "cookie"


class Recovery(Request):
    """One of the recovery codes, by somebody whose second factor is lost."""

    challenge_id: Id
    recovery_code: RecoveryCode


class StaffAccount(View):
    """A member of staff, to itself."""

    id: str
    name: str
    email: str
    role: Role
    topics: list[TopicName]

    @classmethod
    def of(cls, member: StaffMember) -> Self:
        """The entry as its person sees it."""
        return cls(id=member.id, name=member.name, email=member.email, role=member.role, topics=list(member.topics))


class StaffSessionOpened(View):
    """A new session and when it ends at the latest; the token only with the transport "bearer".

    `recovery_codes` stand there when a second factor was just enrolled, this once.
    """

    account: StaffAccount
    expires_at: datetime
    token: str | None = None
    recovery_codes: list[str] | None = None

    @classmethod
    def of(cls, signed_in: SignedIn[StaffMember], recovery_codes: Sequence[str], transport: str) -> Self:
        """The session as its person learns of it."""
        return cls(
            account=StaffAccount.of(signed_in.person),
            expires_at=signed_in.session.ends_at,
            token=signed_in.token if transport == "bearer" else None,
            recovery_codes=list(recovery_codes) or None,
        )


class RecoveryCodesRenewal(Request):
    """The password and a code of the second factor, as a proof."""

    password: Password
    code: Code


class RecoveryCodes(View):
    """Each works once, in place of a lost second factor."""

    recovery_codes: list[str]


class RecoveryCodesLeft(View):
    """How many recovery codes were not used yet."""

    left: int


class Acceptance(Request):
    """Who accepts an invitation: the name that customers will see, and a password."""

    name: Name
    password: NewPassword


class Accepted(View):
    """The new member of staff, who may sign in now."""

    account: StaffAccount


class StaffEntry(StaffAccount):
    """A member of staff, to administrators."""

    enabled: bool
    created_at: datetime

    @classmethod
    def of(cls, member: StaffMember) -> Self:
        """The entry as administrators see it."""
        own = StaffAccount.of(member).model_dump()
        return cls(**own, enabled=member.enabled, created_at=member.created_at)


class StaffList(View):
    """The whole directory, in the order of joining."""

    items: list[StaffEntry]


class NewInvitation(Request):
    """Somebody who is to join the staff; the topics are those an agent sees."""

    email: Email
    role: RoleField
    topics: Topics = Field(default_factory=list)


class InvitationMade(View):
    """An invitation that works once; the token is shown here and nowhere else."""

    email: str
    role: Role
    topics: list[TopicName]
    token: str
    expires_at: datetime

    @classmethod
    def of(cls, invited: Invited) -> Self:
        """The invitation as it is handed on."""
        invitation = invited.invitation
        return cls(
            email=invitation.email,
            role=invitation.role,
            topics=list(invitation.topics),
            token=invited.token,
            expires_at=invitation.ends_at,
        )


class StaffChange(Request):
    """What changes of a member of staff; what is left out stays. The member's sessions end."""

    name: Name | None = None
    role: RoleField | None = None
    topics: Topics | None = None
    enabled: bool | None = None
    reset_second_factor: bool = False

    def patch(self) -> StaffPatch:
        """What the action is asked for."""
        return StaffPatch(
            name=self.name,
            role=self.role,
            topics=tuple(self.topics) if self.topics is not None else None,
            enabled=self.enabled,
            reset_second_factor=self.reset_second_factor,
        )


class PasswordResetGiven(View):
    """A password reset that works once; the token is shown here and nowhere else."""

    token: str
    expires_at: datetime

    @classmethod
    def of(cls, given: ResetGiven) -> Self:
        """The reset as it is handed on."""
        return cls(token=given.token, expires_at=given.ends_at)


class PasswordChosen(Request):
    """The new password of somebody who was given a reset."""

    password: NewPassword


class FirstAdmin(Request):
    """What `make first-admin` invokes the function with."""

    email: Email
