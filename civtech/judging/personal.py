"""The personal data in judging."""

from collections.abc import Iterator

from sqlalchemy import select

from civtech.core.db import Rows
from civtech.core.personal import Engagement, acts, engagement, exported, named, stays
from civtech.core.text import N_
from civtech.judging.models import Assignment, Decision, Panel, Score, Seat
from civtech.people.models import User
from civtech.programmes.models import Criterion
from civtech.proposals.models import Proposal

DECIDED = (Decision.proposed_by_id, Decision.approved_by_id)


@exported("panels", N_("Panels you are on."), Seat.judge_id)
def panels(person: User) -> Rows:
    return (
        select(Panel.reference.label("panel"), Seat.since)
        .join(Panel, Panel.id == Seat.panel_id)
        .where(Seat.judge_id == person.id)
        .order_by(Seat.id)
    )


@exported("declarations", N_("Proposals assigned to you, and the interests you declared."), Assignment.judge_id)
def declarations(person: User) -> Rows:
    return (
        select(
            Assignment.reference.label("assignment"),
            Proposal.reference.label("proposal"),
            Assignment.state,
            Assignment.assigned_at,
            Assignment.declared_at,
            Assignment.conflict,
            Assignment.locked_at,
        )
        .join(Proposal, Proposal.id == Assignment.proposal_id)
        .where(Assignment.judge_id == person.id)
        .order_by(Assignment.id)
    )


@exported("scores", N_("Scores you gave, with your reasons."))
def scores(person: User) -> Rows:
    return (
        select(Assignment.reference.label("assignment"), Criterion.name.label("criterion"), Score.points, Score.reason)
        .join(Assignment, Assignment.id == Score.assignment_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(Assignment.judge_id == person.id)
        .order_by(Score.id)
    )


@exported("decisions", N_("Decisions you proposed or approved."), *DECIDED)
def decisions(person: User) -> Rows:
    return (
        select(
            Decision.reference,
            Panel.reference.label("panel"),
            Decision.state,
            Decision.reason,
            Decision.proposed_at,
            Decision.approved_at,
            *acts(person, *DECIDED),
        )
        .join(Panel, Panel.id == Decision.panel_id)
        .where(named(person, *DECIDED))
        .order_by(Decision.id)
    )


JUDGED = N_("The record of a decision includes who judged and who decided (Procurement Act 2023, section 98).")
stays(Seat.judge_id, Assignment.judge_id, *DECIDED, because=JUDGED)


@engagement("official")
def judged() -> Iterator[Engagement]:
    yield select(Seat.judge_id, Panel.closed_at).join(Panel, Panel.id == Seat.panel_id)
    yield select(Decision.proposed_by_id, Decision.proposed_at)
    yield select(Decision.approved_by_id, Decision.approved_at).where(Decision.approved_by_id.is_not(None))
