"""A customer's own profile: what it shows, and how it is changed."""

from typing import Self

from helpdesk.actions.profile import ProfilePatch
from helpdesk.edge.account_models import Code, Email, Language, Name, Password
from helpdesk.edge.fields import Phone, Request, View
from helpdesk.edge.session_models import Account
from helpdesk.model.people import Customer


class Preferences(View):
    """How a customer wants to be told, besides the notifications in the panel; e-mail needs a confirmed address."""

    sms: bool
    email: bool


class Profile(Account):
    """What we know of a customer; nothing is sent to an e-mail address that is not confirmed."""

    email: str | None
    email_confirmed: bool
    preferences: Preferences

    @classmethod
    def of(cls, customer: Customer) -> Self:
        """The profile as its customer sees it."""
        return cls(
            id=customer.id,
            name=customer.name,
            phone=customer.phone,
            language=customer.language,
            email=customer.email,
            email_confirmed=customer.email_proven,
            preferences=Preferences(sms=customer.sms, email=customer.by_email),
        )


class PreferencesPatch(Request):
    """Preferences to change; what is left out stays."""

    sms: bool | None = None
    email: bool | None = None


class ProfileChange(Request):
    """What changes of the profile; what is left out stays."""

    name: Name | None = None
    language: Language | None = None
    preferences: PreferencesPatch | None = None

    def patch(self) -> ProfilePatch:
        """What the action is asked for."""
        preferences = self.preferences or PreferencesPatch()
        return ProfilePatch(name=self.name, language=self.language, sms=preferences.sms, by_email=preferences.email)


class PhoneChange(Request):
    """Another phone number, and the password as a proof."""

    phone: Phone
    password: Password


class EmailChange(Request):
    """The e-mail address to write to."""

    email: Email


class ChangeStarted(View):
    """The same whether or not somebody has the number or address; seconds until another code may be sent."""

    change_id: str
    resend_after: int


class ChangeConfirmation(Request):
    """The code that came to the new number or address."""

    code: Code
