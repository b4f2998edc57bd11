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


class RecoveryCodesMade(Event):
    label = N_("A person made new recovery codes")


class ExternalIdentityLinked(Event):
    label = N_("A sign-in elsewhere was linked to an account")


class ExternalIdentityUnlinked(Event):
    label = N_("A sign-in elsewhere was removed from an account")


class PersonRenamed(Event):
    label = N_("A person changed their name")


class OrganisationCreated(Event):
    label = N_("An organisation was created")


class OrganisationChanged(Event):
    label = N_("An organisation’s details were changed")


class InvitationSent(Event):
    label = N_("Somebody was invited to act for an organisation")


class InvitationResent(Event):
    label = N_("An invitation was sent again")


class InvitationRevoked(Event):
    label = N_("An invitation was taken back")


class InvitationAccepted(Event):
    label = N_("An invitation was accepted")


class InvitationDeclined(Event):
    label = N_("An invitation was declined")


class MembershipGranted(Event):
    label = N_("A person joined an organisation")


class MembershipEnded(Event):
    label = N_("A person left an organisation, or gave up a role in it")


class ProgrammeRoleGranted(Event):
    label = N_("A programme role was granted")
