"""The blueprint of funded stages, and how its views find things."""

from flask import Blueprint, request

from civtech.core.db import db, first_or_404
from civtech.core.errors import NotFound, WrongState
from civtech.core.text import N_
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.stages import queries
from civtech.stages.models import Milestone, StageAgreement
from civtech.stages.policy import Award
from civtech.web.actor import actor

bp = Blueprint("stages", __name__)


def find_agreement(reference: str) -> StageAgreement:
    """Return the agreement with this reference, if the actor may see it."""
    return first_or_404(queries.to_open(actor(), reference))


def find_milestone(reference: str) -> Milestone:
    """Return the milestone with this reference, if the actor may see its agreement."""
    return first_or_404(queries.milestone_to_open(actor(), reference))


def find_award(reference: str) -> Award:
    """Return the team chosen for the stage `?stage=key` that has no agreement yet. Only staff can find one."""
    awarded = queries.awarded().where(queries.in_care_of(actor()), Proposal.reference == reference)
    awards = db.session.execute(awarded).unique().all()
    wanted = request.args.get("stage", "")
    award = next((Award(proposal, stage) for proposal, stage in awards if stage.key == wanted), None)
    if award is None:
        there = (
            queries.visible_to(actor())
            .join(StageAgreement.stage)
            .where(Proposal.reference == reference)
            .with_only_columns(Stage.key, StageAgreement.reference)
        )
        begun = {row.key: row.reference for row in db.session.execute(there)}.get(wanted)
        if begun is None:
            raise NotFound
        raise WrongState(
            N_("Someone has already drafted this agreement. Its reference is %(reference)s."), reference=begun
        )
    return award
