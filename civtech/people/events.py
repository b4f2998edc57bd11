"""Events about people and how they sign in."""

from civtech.core.events import Event
from civtech.core.text import N_


class PersonRegistered(Event):
    label = N_("Account created")


class RegistrationRepeated(Event):
    label = N_("Registration attempted with an address that has an account")


class ConfirmationRequested(Event):
    label = N_("Link to confirm an email address requested")


class AddressConfirmed(Event):
    label = N_("Email address confirmed")


class SignedIn(Event):
    label = N_("Signed in")


class SignInFailed(Event):
    """The subject is the person whose account was tried, or None if there is no such account."""

    label = N_("Sign-in failed")


class SignedOut(Event):
    label = N_("Signed out")


class BrowserSessionEnded(Event):
    label = N_("Session in another browser ended")


class AddressChangeAsked(Event):
    label = N_("Change of email address requested")


class AddressChanged(Event):
    label = N_("Email address changed")


class PasswordChanged(Event):
    label = N_("Password changed")


class PasswordResetRequested(Event):
    label = N_("Password reset link requested")


class PasswordReset(Event):
    label = N_("Password reset with a link from an email")


class SecondFactorSet(Event):
    label = N_("Second factor set up")


class SecondFactorRemoved(Event):
    label = N_("Second factor turned off")


class PasskeyAdded(Event):
    label = N_("Passkey added")


class PasskeyRemoved(Event):
    label = N_("Passkey removed")


class IdentityConfirmed(Event):
    """A signed-in person proved their identity again, before an action that is hard to undo."""

    label = N_("Identity confirmed")


class RecoveryCodesMade(Event):
    label = N_("Recovery codes created")


class ExternalIdentityLinked(Event):
    label = N_("Sign-in with another service linked to an account")


class ExternalIdentityUnlinked(Event):
    label = N_("Sign-in with another service removed from an account")


class AccountSwitchedOff(Event):
    label = N_("Account deactivated")


class AccountSwitchedOn(Event):
    label = N_("Account reactivated")


class PersonRenamed(Event):
    label = N_("Name changed")
