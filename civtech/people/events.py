"""Events about people and how they sign in."""

from typing import TYPE_CHECKING, NotRequired, TypedDict

from civtech.core.events import Event, PlainEvent
from civtech.core.text import N_

if TYPE_CHECKING:
    from civtech.people.models import User


class AddressChangeFacts(TypedDict):
    change: str


class BrowserSessionFacts(TypedDict):
    session: str


class IdentityFacts(TypedDict):
    identity: str
    issuer: str


class MethodFacts(TypedDict):
    """How the person proved, or tried to prove, their identity."""

    method: str


class PasskeyFacts(TypedDict):
    passkey: str


class RecoveryCodeFacts(TypedDict):
    count: int


class SignInFailureFacts(MethodFacts):
    provider: NotRequired[str]
    why: NotRequired[str]


class PersonRegistered(PlainEvent["User"]):
    label = N_("Account created")


class RegistrationRepeated(PlainEvent["User"]):
    label = N_("Registration attempted with an address that has an account")


class ConfirmationRequested(PlainEvent["User"]):
    label = N_("Link to confirm an email address requested")


class AddressConfirmed(PlainEvent["User"]):
    label = N_("Email address confirmed")


class SignedIn(Event["User", MethodFacts]):
    label = N_("Signed in")


class SignInFailed(Event["User | None", SignInFailureFacts]):
    """The subject is the person whose account was tried, or None if there is no such account."""

    label = N_("Sign-in failed")


class SignedOut(PlainEvent["User"]):
    label = N_("Signed out")


class BrowserSessionEnded(Event["User", BrowserSessionFacts]):
    label = N_("Session in another browser ended")


class AddressChangeAsked(Event["User", AddressChangeFacts]):
    label = N_("Change of email address requested")


class AddressChanged(Event["User", AddressChangeFacts]):
    label = N_("Email address changed")


class PasswordChanged(PlainEvent["User"]):
    label = N_("Password changed")


class PasswordResetRequested(PlainEvent["User"]):
    label = N_("Password reset link requested")


class PasswordReset(PlainEvent["User"]):
    label = N_("Password reset with a link from an email")


class SecondFactorSet(PlainEvent["User"]):
    label = N_("Second factor set up")


class SecondFactorRemoved(PlainEvent["User"]):
    label = N_("Second factor turned off")


class PasskeyAdded(Event["User", PasskeyFacts]):
    label = N_("Passkey added")


class PasskeyRemoved(Event["User", PasskeyFacts]):
    label = N_("Passkey removed")


class IdentityConfirmed(Event["User", MethodFacts]):
    """A signed-in person proved their identity again, before an action that is hard to undo."""

    label = N_("Identity confirmed")


class RecoveryCodesMade(Event["User", RecoveryCodeFacts]):
    label = N_("Recovery codes created")


class ExternalIdentityLinked(Event["User", IdentityFacts]):
    label = N_("Sign-in with another service linked to an account")


class ExternalIdentityUnlinked(Event["User", IdentityFacts]):
    label = N_("Sign-in with another service removed from an account")


class AccountDeactivated(PlainEvent["User"]):
    label = N_("Account deactivated")


class AccountReactivated(PlainEvent["User"]):
    label = N_("Account reactivated")


class PersonRenamed(PlainEvent["User"]):
    label = N_("Name changed")
