"""Emails about an organisation: its details, its numbers, and the roles of the people who act for it."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_, Text
from civtech.notifications.naming import Facts, of_organisation, typed
from civtech.notifications.recipients import its_owners, owners
from civtech.notifications.telling import tells
from civtech.organisations.events import (
    BecameCompany,
    FiguresStated,
    MembershipEnded,
    NumberAccepted,
    OrganisationChanged,
)
from civtech.organisations.models import MemberRole, Organisation
from civtech.organisations.models.numbering import Numbered
from civtech.people.models import User


def owners_of_the_numbered(event: Event[Numbered, AnyFacts]) -> Iterator[int]:
    """Owners of the organisation."""
    organisation = event.subject
    if isinstance(organisation, Organisation):
        yield from owners(organisation)


def the_member(event: MembershipEnded) -> Iterable[int]:
    """The person whose role ended."""
    return db.session.scalars(select(User.id).where(User.reference == event.facts["person"], User.active)).all()


@tells(OrganisationChanged, to=its_owners, words="organisation_changed")
def changed(event: OrganisationChanged) -> Facts:
    return of_organisation(event.subject)


@tells(BecameCompany, to=its_owners, words="became_company")
def became_company(event: BecameCompany) -> Facts:
    return of_organisation(event.subject)


@tells(FiguresStated, to=its_owners, words="figures_stated")
def figures(event: FiguresStated) -> Facts:
    return of_organisation(event.subject, (N_("Year"), str(event.facts["year"])))


@tells(NumberAccepted, to=owners_of_the_numbered, words="number_accepted")
def number_accepted(event: NumberAccepted) -> Facts:
    numbered = event.subject
    assert isinstance(numbered, Organisation)  # noqa: S101 -- the rule finds no one for anything else
    return of_organisation(numbered, (N_("Number"), numbered.identifier_number)) | typed(
        numbered.number_accepted_because
    )


def _role_of(event: MembershipEnded) -> tuple[str, Text]:
    return N_("Role"), MemberRole(event.facts["role"]).label


@tells(MembershipEnded, to=the_member, words="membership_ended")
def ended(event: MembershipEnded) -> Facts:
    return of_organisation(event.subject, _role_of(event)) | {"link": ("people.account", {})}


@tells(MembershipEnded, to=its_owners, words="member_left")
def left(event: MembershipEnded) -> Facts:
    return of_organisation(event.subject, _role_of(event), endpoint="organisations.members")
