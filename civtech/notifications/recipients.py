"""Who gets an email, read when it is queued. The docstring of each rule says in English whom it finds."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sqlalchemy import select

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.policy import Policy
from civtech.notifications import queries
from civtech.organisations.models import MemberRole, Organisation
from civtech.people.models import ProgrammeRole, User
from civtech.proposals.models import Proposal

OfPerson: TypeAlias = Event[User, AnyFacts]
OfOrganisation: TypeAlias = Event[Organisation, AnyFacts]


def members(organisation_id: int, *roles: MemberRole) -> Iterator[int]:
    """Yield the ids of people who act for an organisation in one of `roles`."""
    yield from db.session.scalars(queries.members(organisation_id, *roles))


def owners(organisation: Organisation) -> Iterator[int]:
    """Yield the ids of an organisation's owners."""
    return members(organisation.id, MemberRole.OWNER)


def team(proposal: Proposal) -> Iterator[int]:
    """Yield the ids of the people who work on a proposal: owners and editors."""
    return members(proposal.organisation_id, *queries.TEAM)


def who_may(policy: Policy, subject: object, *roles: ProgrammeRole) -> Iterator[int]:
    """Yield the ids of people with one of these roles whom `policy` lets act on `subject`: no one is asked in vain."""
    for person in db.session.scalars(queries.people_with(*roles, at=clock.now())).unique().all():
        if policy(person, subject):
            yield person.id


def still_here(*people: int | None) -> Iterable[int]:
    """Yield those of these people whose account is active. Someone who was erased gets nothing."""
    known = [person for person in people if person is not None]
    return db.session.scalars(select(User.id).where(User.id.in_(known), User.active).order_by(User.id)).all()


def the_person(event: OfPerson) -> Iterable[int]:
    """The person whose account it is."""
    return [event.subject.id]


def its_owners(event: OfOrganisation) -> Iterator[int]:
    """Owners of the organisation."""
    return owners(event.subject)
