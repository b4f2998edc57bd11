"""Who gets an email, read when it is queued."""

from collections.abc import Iterator

from civtech.core import clock
from civtech.core.db import db
from civtech.core.events import AnyEvent
from civtech.core.policy import Policy
from civtech.notifications import queries
from civtech.organisations.models import MemberRole
from civtech.people.models import ProgrammeRole
from civtech.proposals.models import Proposal


def members(organisation_id: int, *roles: MemberRole) -> Iterator[int]:
    """Yield the ids of people who act for an organisation in one of `roles`."""
    yield from db.session.scalars(queries.members(organisation_id, *roles))


def team(proposal: Proposal) -> Iterator[int]:
    """Yield the ids of the people who work on a proposal: owners and editors."""
    return members(proposal.organisation_id, *queries.TEAM)


def others(people: Iterator[int], event: AnyEvent) -> Iterator[int]:
    """Leave out the person who caused the event, because they already know."""
    return (person for person in people if event.by is None or person != event.by.id)


def who_may(policy: Policy, subject: object, *roles: ProgrammeRole) -> Iterator[int]:
    """Yield the ids of people with one of these roles whom `policy` lets act on `subject`: no one is asked in vain."""
    for person in db.session.scalars(queries.people_with(*roles, at=clock.now())).unique().all():
        if policy(person, subject):
            yield person.id
