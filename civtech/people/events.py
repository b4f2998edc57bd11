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
    public = False
    tells_no_one = N_(
        "The person gets an email with a link that confirms their address, written by the sign-in service."
    )


class RegistrationRepeated(PlainEvent["User"]):
    label = N_("Registration attempted with an address that has an account")
    public = False
    tells_no_one = N_("The owner of the address gets an email from the sign-in service that says so.")


class ConfirmationRequested(PlainEvent["User"]):
    label = N_("Link to confirm an email address requested")
    public = False
    tells_no_one = N_("The person gets the link in an email written by the sign-in service.")


class AddressConfirmed(PlainEvent["User"]):
    label = N_("Email address confirmed")
    public = False
    tells_no_one = N_("The person opened the link in our email, so they know.")


class SignedIn(Event["User", MethodFacts]):
    label = N_("Signed in")
    public = False


class SignInFailed(Event["User | None", SignInFailureFacts]):
    """The subject is the person whose account was tried, or None if there is no such account."""

    label = N_("Sign-in failed")
    public = False
    tells_no_one = N_("Anyone can try any address. An email for each attempt would let strangers flood an address.")


class SignedOut(PlainEvent["User"]):
    label = N_("Signed out")
    public = False
    tells_no_one = N_("The person did it in this browser, and it takes access away from no one else.")


class BrowserSessionEnded(Event["User", BrowserSessionFacts]):
    label = N_("Session in another browser ended")
    public = False
    tells_no_one = N_("It takes access away from a browser and gives none. The list of browsers shows it.")


class AddressChangeAsked(Event["User", AddressChangeFacts]):
    label = N_("Change of email address requested")
    public = False


class AddressChanged(Event["User", AddressChangeFacts]):
    label = N_("Email address changed")
    public = False


class PasswordChanged(PlainEvent["User"]):
    label = N_("Password changed")
    public = False
    tells_no_one = N_("The person gets an email about it from the sign-in service, with what to do if it was not them.")


class PasswordResetRequested(PlainEvent["User"]):
    label = N_("Password reset link requested")
    public = False
    tells_no_one = N_("The person gets the link in an email written by the sign-in service.")


class PasswordReset(PlainEvent["User"]):
    label = N_("Password reset with a link from an email")
    public = False
    tells_no_one = N_("The person gets an email about it from the sign-in service, with what to do if it was not them.")


class SecondFactorSet(PlainEvent["User"]):
    label = N_("Second factor set up")
    public = False


class SecondFactorRemoved(PlainEvent["User"]):
    label = N_("Second factor turned off")
    public = False


class PasskeyAdded(Event["User", PasskeyFacts]):
    label = N_("Passkey added")
    public = False


class PasskeyRemoved(Event["User", PasskeyFacts]):
    label = N_("Passkey removed")
    public = False


class IdentityConfirmed(Event["User", MethodFacts]):
    """A signed-in person proved their identity again, before an action that is hard to undo."""

    label = N_("Identity confirmed")
    public = False
    tells_no_one = N_("The person confirmed who they are for what they do next, which has its own email.")


class RecoveryCodesMade(Event["User", RecoveryCodeFacts]):
    label = N_("Recovery codes created")
    public = False


class ExternalIdentityLinked(Event["User", IdentityFacts]):
    label = N_("Sign-in with another service linked to an account")
    public = False


class ExternalIdentityUnlinked(Event["User", IdentityFacts]):
    label = N_("Sign-in with another service removed from an account")
    public = False


class AccountDeactivated(PlainEvent["User"]):
    label = N_("Account deactivated")


class AccountReactivated(PlainEvent["User"]):
    label = N_("Account reactivated")


class PersonRenamed(PlainEvent["User"]):
    label = N_("Name changed")
    tells_no_one = N_("Only the person can change their name, and every page shows the new one.")
