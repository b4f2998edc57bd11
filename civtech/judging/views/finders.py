"""The blueprint, and how it finds what its URLs name. What the actor cannot see answers 404."""

from collections.abc import Callable

from flask import Blueprint

from civtech.challenges.models import Challenge
from civtech.core.db import db, first_or_404
from civtech.core.errors import NotFound
from civtech.judging import queries
from civtech.judging.judged_stage import ConvenedStage, JudgedStage
from civtech.judging.models import Assignment, Decision, Panel
from civtech.proposals.policy import see_received
from civtech.web.actor import actor
from civtech.web.gate import can

bp = Blueprint("judging", __name__)
FIELDS_OF_PROPOSALS = 4000  # two for each of 2,000 proposals
PANEL_URL = "/challenges/<slug>/panels/<stage_key>"


@bp.context_processor
def ways_back() -> dict[str, Callable[[Challenge], bool]]:
    """For the trail on every page of judging: whether it can link to the list of proposals."""
    return {"sees_received": lambda challenge: can(see_received, challenge)}


def find_judged_stage(slug: str, stage_key: str) -> JudgedStage:
    """The judged stage of a challenge, with or without a panel."""
    challenge = first_or_404(queries.judged_to_open(actor(), slug))
    stage = next((stage for stage in challenge.round.stages if stage.key == stage_key and stage.criteria), None)
    if stage is None:
        raise NotFound
    panel = db.session.scalars(queries.panel_at(challenge, stage)).unique().one_or_none()
    return JudgedStage(challenge, stage) if panel is None else ConvenedStage(challenge, stage, panel)


def find_convened(slug: str, stage_key: str) -> ConvenedStage:
    """The judged stage of a challenge, which has a panel."""
    judged = find_judged_stage(slug, stage_key)
    if not isinstance(judged, ConvenedStage):
        raise NotFound
    return judged


def find_panel(slug: str, stage_key: str) -> Panel:
    """The panel of a challenge at the end of a stage."""
    return first_or_404(queries.to_open(actor(), slug, stage_key))


def find_assignment(reference: str) -> Assignment:
    """The judge's own assignment."""
    return first_or_404(queries.assignment_to_open(actor(), reference))


def find_decision(reference: str) -> Decision:
    """The decision, for the people who oversee it."""
    return first_or_404(queries.decision_to_open(actor(), reference))
