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


class OrganisationCreated(Event):
    label = N_("An organisation was created")


class OrganisationChanged(Event):
    label = N_("An organisation’s details were changed")


class NumberAccepted(Event):
    label = N_("Programme staff accepted a number that its check refuses")


class FiguresStated(Event):
    label = N_("A company stated its figures of a year")


class BecameCompany(Event):
    label = N_("A person with an idea turned into a company")


class InvitationSent(Event):
    label = N_("Somebody was invited to act for an organisation")


class InvitationProposed(Event):
    label = N_("Programme staff proposed to invite a person to act for a public body")


class InvitationConfirmed(Event):
    label = N_("An invitation by programme staff was confirmed")


class InvitationResent(Event):
    label = N_("An invitation was sent again")


class InvitationRevoked(Event):
    label = N_("An invitation was taken back")


class InvitationAccepted(Event):
    label = N_("An invitation was accepted")


class InvitationDeclined(Event):
    label = N_("An invitation was declined")


class JoinRequested(Event):
    label = N_("Somebody asked to join an organisation")


class JoinRequestAccepted(Event):
    label = N_("Somebody who asked was taken into an organisation")


class JoinRequestDeclined(Event):
    label = N_("A request to join an organisation was declined")


class JoinRequestWithdrawn(Event):
    label = N_("Somebody took back their request to join an organisation")


class JoinRequestLapsed(Event):
    label = N_("A request to join an organisation had run out unanswered when its person asked again")


class MembershipGranted(Event):
    label = N_("A person joined an organisation")


class MembershipEnded(Event):
    label = N_("A person left an organisation, or gave up a role in it")


class ProgrammeRoleGranted(Event):
    label = N_("A programme role was granted")


class ProgrammeRoleAskedFor(Event):
    label = N_("A programme role was asked for")


class ProgrammeRoleRefused(Event):
    label = N_("A programme role was refused")


class ProgrammeRoleTakenBack(Event):
    label = N_("The request for a programme role was taken back")


class ProgrammeRoleEnded(Event):
    label = N_("A programme role was ended")
