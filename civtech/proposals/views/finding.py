"""How the pages of proposals find what their address names. What the actor cannot see is not found."""

from flask import Blueprint, url_for

from civtech.challenges.models import Challenge
from civtech.core.db import db, first_or_404
from civtech.core.errors import NotFound
from civtech.proposals import queries
from civtech.proposals.models import Proposal, Section, Step
from civtech.web.actor import actor, person
from civtech.web.logs import log, request_id

bp = Blueprint("proposals", __name__)


def find_challenge(slug: str) -> Challenge:
    """The published challenge at this address."""
    return first_or_404(queries.published(slug))


def find_proposal(reference: str) -> Proposal:
    """The proposal, if the actor can read it. The log records attempts to read one without permission."""
    try:
        return first_or_404(queries.to_open(actor(), reference))
    except NotFound:
        if db.session.scalar(queries.exists_at_all(reference)):
            log.warning(
                "sealed_proposal_refused", request_id=request_id(), proposal=reference, person=person().reference
            )
        raise


def find_section(reference: str, key: str) -> Section:
    """One section of a proposal that the actor can read."""
    return find_proposal(reference).section(key)


def address_of(proposal: Proposal, step: Step) -> str:
    """The page on which the team writes this step."""
    if step.section is None:
        return url_for("proposals.summary", reference=proposal.reference)
    return url_for("proposals.section", reference=proposal.reference, key=step.section.key)
