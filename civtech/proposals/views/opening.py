"""What the programme and the sponsor see: that proposals exist, and their content once two people have opened them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges.models import Challenge
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import LostRace, WrongState
from civtech.core.text import N_
from civtech.proposals import policy, queries
from civtech.proposals.models import Opening, OpeningState, Proposal
from civtech.proposals.models.bound import unsealed
from civtech.proposals.models.opening import refuse_early
from civtech.proposals.views.finding import bp, find_challenge
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import SeenForm
from civtech.web.gate import can, permit
from civtech.web.pagination import paged
from civtech.web.translation import gettext as _


def _opening(challenge: Challenge) -> Opening | None:
    return db.session.scalar(queries.opening_of(challenge))


@bp.get("/challenges/<slug>/proposals")
@permit(policy.see_received, find_challenge, act=N_("View the list of proposals a challenge received"))
def of_challenge(challenge: Challenge) -> ResponseReturnValue:
    count, opening = db.session.execute(queries.received_so_far(challenge)).one()
    opened = opening is not None and opening.state is OpeningState.OPENED
    listed = queries.unsealed(challenge, actor()) if opened else queries.sealed(challenge)
    return render_template(
        "proposals/of_challenge.html",
        challenge=challenge,
        opening=opening,
        opened=opened,
        page=paged(listed, Proposal.id),
        count=count,
    )


@bp.get("/challenges/<slug>/opening")
@permit(policy.see_received, find_challenge, act=N_("View the status of the opening of proposals"))
def opening(challenge: Challenge) -> ResponseReturnValue:
    return _page(challenge)


def _form(challenge: Challenge) -> SeenForm:
    return SeenForm(challenge, lambda: unsealed(challenge, _opening(challenge)))


def _page(challenge: Challenge, refused: SeenForm | None = None) -> ResponseReturnValue:
    """The status of the opening; `refused` is the form with errors, if that is why we show the page again."""
    count, first_opening = db.session.execute(queries.received_so_far(challenge)).one()
    may_open = can(policy.open_received, challenge)
    form = refused or SeenForm(challenge, lambda: unsealed(challenge, first_opening, count))
    page = render_template(
        "proposals/opening.html",
        challenge=challenge,
        opening=first_opening,
        count=count,
        form=form,
        takes_part=actor().is_staff_of(challenge) and not may_open,
        may_request=may_open and first_opening is None and challenge.is_closed(clock.now()),
        may_confirm=may_open
        and first_opening is not None
        and first_opening.state is OpeningState.REQUESTED
        and first_opening.requested_by_id != actor().id,
    )
    return page, form.status


@bp.post("/challenges/<slug>/opening")
@permit(policy.open_received, find_challenge, act=N_("Ask for the proposals to be opened"))
def request_opening(challenge: Challenge) -> ResponseReturnValue:
    queries.hold(challenge, alone=True)
    if _opening(challenge) is not None:
        raise LostRace(N_("Someone has already requested the opening. Another member of staff must confirm it."))
    refuse_early(challenge, by=actor(), at=clock.now())
    form = _form(challenge)
    if not done(form, lambda: Opening.request(challenge=challenge, by=actor(), at=clock.now())):
        return _page(challenge, form)
    flash(_("Opening requested. Another member of staff must confirm it."), "success")
    return redirect(url_for(".opening", slug=challenge.slug))


@bp.post("/challenges/<slug>/opening/confirmation")
@permit(policy.open_received, find_challenge, act=N_("Open the proposals, after someone else has asked for this"))
def confirm_opening(challenge: Challenge) -> ResponseReturnValue:
    queries.hold(challenge, alone=True)
    requested = _opening(challenge)
    if requested is None:
        raise WrongState(N_("No one has requested the opening yet."))
    requested.refuse_alone(by=actor(), at=clock.now())
    form = _form(challenge)
    if not done(form, lambda: requested.confirm(by=actor(), at=clock.now())):
        return _page(challenge, form)
    flash(_("Proposals opened. Who opened them, and when, is on record."), "success")
    return redirect(url_for(".of_challenge", slug=challenge.slug))
