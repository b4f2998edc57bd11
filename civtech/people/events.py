"""What happens to people and organisations."""

from civtech.core.events import Event
from civtech.core.text import N_


class PersonRegistered(Event):
    label = N_("A person registered")


class RegistrationRepeated(Event):
    label = N_("Somebody registered again with an address that has an account")


class ConfirmationRequested(Event):
    label = N_("A link to confirm an e-mail address was asked for")


class AddressConfirmed(Event):
    label = N_("A person confirmed their e-mail address")


class SignedIn(Event):
    label = N_("A person signed in")


class SignInFailed(Event):
    """The subject is the person whose account was tried, or None when there is no such account."""

    label = N_("A sign-in failed")


class SignedOut(Event):
    label = N_("A person signed out")


class BrowserSessionEnded(Event):
    label = N_("A person signed out a browser from elsewhere")


class AddressChangeAsked(Event):
    label = N_("A person asked to change their e-mail address")


class AddressChanged(Event):
    label = N_("A person changed their e-mail address")


class PasswordChanged(Event):
    label = N_("A person changed their password")


class PasswordResetRequested(Event):
    label = N_("A link to choose a new password was asked for")


class PasswordReset(Event):
    label = N_("A person chose a new password by mail")


class SecondFactorSet(Event):
    label = N_("A person set up a second factor")


class SecondFactorRemoved(Event):
    label = N_("A person’s second factor was switched off")


class PasskeyAdded(Event):
    label = N_("A person added a passkey")


class PasskeyRemoved(Event):
    label = N_("A passkey was removed")


class IdentityConfirmed(Event):
    """A signed-in person proved again who they are, before something that is hard to take back."""

    label = N_("A person confirmed that it is them")


class RecoveryCodesMade(Event):
    label = N_("A person made new recovery codes")


class ExternalIdentityLinked(Event):
    label = N_("A sign-in elsewhere was linked to an account")


class ExternalIdentityUnlinked(Event):
    label = N_("A sign-in elsewhere was removed from an account")


class AccountSwitchedOff(Event):
    label = N_("An account was switched off")


class AccountSwitchedOn(Event):
    label = N_("An account was switched on again")


class PersonRenamed(Event):
    label = N_("A person changed their name")
