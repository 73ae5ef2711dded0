"""A customer's own profile: what it shows, and how it is changed."""

from typing import Self

from helpdesk.actions.profile import ProfilePatch
from helpdesk.edge.account_models import Code, Email, Language, Name, Password
from helpdesk.edge.fields import Phone, Request, View
from helpdesk.edge.session_models import Account
from helpdesk.model.people import Customer


class Preferences(View):
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


class PhoneChangeStarted(View):
    """The same whether or not the number is known; seconds until another code may be sent."""

    change_id: str
    resend_after: int


class PhoneChangeConfirmation(Request):
    """The code that came by SMS to the new number."""

    code: Code
