"""Starting a proposal from a challenge."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.acting import APPLICANTS, acting_for
from civtech.organisations.models import Organisation
from civtech.proposals import policy, queries
from civtech.proposals.forms import StartForm
from civtech.proposals.models import Proposal
from civtech.proposals.views.finding import bp, find_challenge
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.gate import permit
from civtech.web.transaction import received_at
from civtech.web.translation import gettext as _


def _answering(challenge: Challenge) -> tuple[list[Organisation], list[Proposal]]:
    """The organisations for which the actor can still start an answer, and the answers that already exist."""
    proposals = (
        db.session.scalars(queries.of_teams(actor()).where(Proposal.challenge_id == challenge.id)).unique().all()
    )
    taken = {proposal.organisation_id for proposal in proposals}
    candidates = actor().organisations(*APPLICANTS)
    free = [
        organisation
        for organisation in candidates
        if organisation.id not in taken and actor().acts_for(organisation, *policy.WRITERS)
    ]
    return free, list(proposals)


@bp.get("/challenges/<slug>/proposals/new")
@permit(policy.start, find_challenge, act=N_("View the page for starting a proposal"))
def start(challenge: Challenge) -> ResponseReturnValue:
    organisations, proposals = _answering(challenge)
    acting = acting_for(actor(), *APPLICANTS)
    preferred = {"organisation": acting.reference if acting else None}
    return _page(challenge, proposals, StartForm(organisations, data=preferred))


@bp.post("/challenges/<slug>/proposals/new")
@permit(
    policy.start, find_challenge, act=N_("Start a proposal"), unbound="It starts a draft that only its team can read."
)
def create(challenge: Challenge) -> ResponseReturnValue:
    organisations, proposals = _answering(challenge)
    form = StartForm(organisations)
    queries.hold(challenge)

    def begin() -> Proposal:
        if form.chosen is None:
            raise RuleViolation(N_("Select who the proposal is from."), field="organisation")
        return Proposal.start(
            challenge=challenge, organisation=form.chosen, title=form.title.data, by=actor(), at=received_at()
        )

    if proposal := made(form, begin):
        flash(
            _(
                "Proposal started. Its reference is %(reference)s. Write each section, then submit it before "
                "the deadline.",
                reference=proposal.reference,
            ),
            "success",
        )
        return redirect(url_for(".show", reference=proposal.reference))
    return _page(challenge, proposals, form), form.status


def _page(challenge: Challenge, proposals: list[Proposal], form: StartForm) -> str:
    return render_template(
        "proposals/start.html",
        challenge=challenge,
        proposals=proposals,
        form=form,
        organisations=list(form.offered.values()),
        open_now=challenge.is_open(clock.now()),
    )
