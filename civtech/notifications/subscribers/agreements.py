"""Emails to both sides of a stage agreement, about its offer, its rights statement and its end."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from civtech.challenges.queries import exception_of
from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_
from civtech.notifications import queries
from civtech.notifications.naming import Facts, Line, of_agreement, of_statement, unpaid
from civtech.notifications.recipients import members, team
from civtech.notifications.telling import tells, tells_each
from civtech.notifications.unasked import Missing
from civtech.organisations.models import Organisation
from civtech.rights.events import (
    BackgroundItemListed,
    BackgroundItemRemoved,
    RightsAcceptedByBody,
    RightsAcceptedByCompany,
)
from civtech.rights.models import RightsStatement, brings_into_force
from civtech.stages.events import (
    AgreementActivated,
    AgreementCompleted,
    AgreementDiscarded,
    AgreementOffered,
    AgreementTakenBack,
)
from civtech.stages.models import StageAgreement
from civtech.stages.models.milestone import ACCEPTS

OfAgreement: TypeAlias = Event[StageAgreement, AnyFacts]
OfStatement: TypeAlias = Event[RightsStatement, AnyFacts]


def _officers(company: Organisation, body: Organisation) -> Iterator[tuple[Organisation, list[int]]]:
    people: dict[int, list[int]] = defaultdict(list)
    for side_id, person in db.session.execute(queries.officers([company.id, body.id])):
        people[side_id].append(person)
    for side in (company, body):
        yield side, people[side.id]


def officers_of_both_sides(event: OfAgreement) -> Iterator[tuple[Organisation, list[int]]]:
    """Everyone who may sign for the company or the public body: owners, and approvers of the public body."""
    return _officers(event.subject.company, event.subject.public_body)


def officers_who_were_asked(event: OfAgreement) -> Iterator[tuple[Organisation, list[int]]]:
    """Everyone who may sign for the company or the public body, if it was ever offered to them."""
    if event.subject.first_offered_at is not None:
        yield from _officers(event.subject.company, event.subject.public_body)


def officers_who_read_it(event: OfStatement) -> Iterator[tuple[Organisation, list[int]]]:
    """Everyone who may sign for the company or the public body, once it is offered to them."""
    if event.subject.offered_at is not None:
        yield from _officers(event.subject.company, event.subject.public_body)


def officers_who_come_next(event: OfStatement) -> Iterator[tuple[Organisation, list[int]]]:
    """Everyone who may sign for the other side, if it has not accepted yet."""
    statement = event.subject
    if not statement.is_accepted:
        waiting = statement.company if statement.company_accepted_at is None else statement.public_body
        yield from (side for side in _officers(statement.company, statement.public_body) if side[0] is waiting)


def its_team(event: OfAgreement) -> Iterator[int]:
    """Owners and editors of the company."""
    return team(event.subject.proposal)


def team_without_an_outcome(event: AgreementCompleted) -> Iterator[int]:
    """Owners and editors of the company, unless the outcome of the stage tells them at the same moment."""
    if not event.subject.stage.criteria:
        yield from team(event.subject.proposal)


def body_without_a_decision(event: AgreementCompleted) -> Iterator[int]:
    """Owners, approvers and acceptors of the public body, unless the decision tells them at the same moment."""
    if not event.subject.stage.criteria:
        yield from people_of_the_body(event)


def people_of_the_body(event: OfAgreement) -> Iterator[int]:
    """Owners, approvers and acceptors of the public body."""
    return members(event.subject.public_body.id, *ACCEPTS)


def no_officer(event: OfAgreement, side: Organisation) -> Missing:
    return Missing.people_of(side, event.subject.reference)


@tells_each(AgreementOffered, to=officers_of_both_sides, words="rights_statement_waiting", without=no_officer)
def offered(event: AgreementOffered, side: Organisation) -> Facts:
    statement = event.subject.statement
    bound = [(fact.label, fact.value) for fact in brings_into_force(statement) if not isinstance(fact.value, str)]
    exception = db.session.execute(exception_of(statement.challenge)).one_or_none()
    moves: list[Line] = []
    if exception:
        moves = [(N_("Exception: what moves"), exception.what), (N_("Who it moves to"), exception.to_whom)]
    return of_statement(statement, (N_("Agreement"), event.subject.reference), *bound, *moves) | {
        "organisation": side.name,
        "exception": bool(moves),
    }


@tells_each(AgreementTakenBack, to=officers_who_were_asked, words="offer_taken_back")
def taken_back(event: AgreementTakenBack, side: Organisation) -> Facts:
    agreement = event.subject
    page = ("challenges.show", {"slug": agreement.challenge.slug})
    return of_agreement(agreement, link=page) | {"organisation": side.name}


@tells_each(AgreementDiscarded, to=officers_who_were_asked, words="agreement_discarded")
def discarded(event: AgreementDiscarded, side: Organisation) -> Facts:
    agreement = event.subject
    page = ("challenges.show", {"slug": agreement.challenge.slug})
    return of_agreement(agreement, link=page) | {"organisation": side.name}


@tells_each(BackgroundItemListed, BackgroundItemRemoved, to=officers_who_read_it, words="background_changed")
def background_changed(event: OfStatement, side: Organisation) -> Facts:
    return of_statement(event.subject) | {"organisation": side.name}


@tells_each(RightsAcceptedByCompany, RightsAcceptedByBody, to=officers_who_come_next, words="rights_accepted")
def accepted(event: OfStatement, side: Organisation) -> Facts:
    statement = event.subject
    other = statement.public_body if side is statement.company else statement.company
    return of_statement(statement) | {"organisation": side.name, "other": other.name}


@tells(AgreementActivated, to=its_team, words="agreement_in_force")
def in_force(event: AgreementActivated) -> Facts:
    return of_agreement(event.subject, *_dates(event.subject)) | {
        "organisation": event.subject.company.name,
        "side": "company",
    }


@tells(AgreementActivated, to=people_of_the_body, words="agreement_in_force")
def in_force_for_the_body(event: AgreementActivated) -> Facts:
    return of_agreement(event.subject, *_dates(event.subject)) | {
        "organisation": event.subject.public_body.name,
        "side": "sponsor",
    }


def _dates(agreement: StageAgreement) -> tuple[Line, ...]:
    return (N_("Starts"), agreement.starts_on), (N_("Ends"), agreement.ends_on)


def _ended(agreement: StageAgreement) -> Facts:
    return of_agreement(agreement, *unpaid(agreement))


@tells(AgreementCompleted, to=team_without_an_outcome, words="agreement_ended")
def ended_for_the_team(event: AgreementCompleted) -> Facts:
    return _ended(event.subject) | {"organisation": event.subject.company.name, "side": "company"}


@tells(AgreementCompleted, to=body_without_a_decision, words="agreement_ended")
def completed(event: AgreementCompleted) -> Facts:
    name = event.subject.public_body.name
    return _ended(event.subject) | {"organisation": name, "side": "sponsor"}
