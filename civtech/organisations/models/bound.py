"""What acts on organisations and their people bind, fact by fact."""

from collections.abc import Iterator

from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.organisations.models.invitation import Invitation
from civtech.organisations.models.join_request import JoinRequest
from civtech.organisations.models.organisation import Membership, Organisation
from civtech.people.models import User


def details(organisation: Organisation) -> Iterator[Fact]:
    """Yield what a change of details replaces."""
    scheme = organisation.identifier_scheme
    yield Fact("legal_name", Text(N_("Legal name")), organisation.legal_name)
    yield Fact("trading_name", Text(N_("Trading name")), organisation.trading_name or "")
    yield Fact("scheme", Text(N_("Register")), Text(scheme.label.message) if scheme else "")
    yield Fact("number", Text(N_("Registration number")), organisation.identifier_number or "")
    yield Fact("about", Text(N_("What the organisation does")), organisation.about)


def invited(invitation: Invitation) -> Iterator[Fact]:
    """Yield what an answer to an invitation, or its confirmation or withdrawal, is about: who, where, as what."""
    yield Fact("organisation", Text(N_("Organisation")), invitation.organisation.name)
    yield Fact("email", Text(N_("Email address")), invitation.email)
    yield Fact("role", Text(N_("Role")), Text(invitation.role.label.message))


def confirmed(invitation: Invitation) -> Iterator[Fact]:
    """Yield what confirming an invitation binds: that, and who sent it."""
    yield from invited(invitation)
    yield Fact("invited_by", Text(N_("Invited by")), invitation.invited_by.name)


def asked_to_join(request: JoinRequest) -> Iterator[Fact]:
    """Yield what an answer to a request to join is about: who asks to act for whom."""
    yield Fact("organisation", Text(N_("Organisation")), request.organisation.name)
    yield Fact("name", Text(N_("Name")), request.person.name)
    yield Fact("email", Text(N_("Email address")), request.person.email)


def joined(organisation: Organisation) -> Iterator[Fact]:
    """Yield what a request to join is about."""
    yield Fact("organisation", Text(N_("Organisation")), organisation.name)


def ended(membership: Membership, organisation: Organisation, person: User) -> Iterator[Fact]:
    """Yield what ending a role takes away: whose role, and for whom they act."""
    yield Fact("organisation", Text(N_("Organisation")), organisation.name)
    yield Fact("person", Text(N_("Name")), person.name)
    yield Fact("email", Text(N_("Email address")), person.email)
    yield Fact("role", Text(N_("Role")), Text(membership.role.label.message))
    yield Fact("since", Text(N_("Since")), membership.since.date())
