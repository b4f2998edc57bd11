"""Moving a draft to another round, for its authors or for staff."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy
from civtech.challenges.forms import MoveForm
from civtech.challenges.models import Challenge, carried_over
from civtech.challenges.views.page import bp, find_challenge
from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.text import N_
from civtech.people.models import ProgrammeRole
from civtech.programmes import queries as programmes
from civtech.programmes.models import Round
from civtech.programmes.views.rounds import in_words
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import can, permit
from civtech.web.translation import gettext as _


@bp.route("/<slug>/round", methods=["GET", "POST"])
@permit(policy.move, find_challenge, act=N_("Move a draft challenge to another round"))
def move(challenge: Challenge) -> ResponseReturnValue:
    slug = challenge.slug
    if request.method == "GET" and not workflow.possible(challenge, "move", clock.now()):
        return redirect(url_for(".show", slug=slug))
    rounds = _others(challenge)
    form = MoveForm(challenge, rounds)

    def go() -> None:
        chosen = next(each for each in rounds if each.reference == form.round.data)
        challenge.move(to=chosen, by=actor(), at=clock.now())

    if done(form, go):
        flash(_("Draft moved to “%(round)s”. Check its budget.", round=challenge.round.name), "success")
        return redirect(url_for(".show", slug=slug))
    page = render_template(
        "challenges/move.html",
        form=form,
        challenge=challenge,
        choices=[(each, *carried_over(challenge.budgets, each)) for each in rounds],
        **in_words(),
    )
    return page, form.status


def _others(challenge: Challenge) -> Sequence[Round]:
    """The rounds it can move to: for the sponsor all that take drafts, for staff only those within their role."""
    rounds = programmes.taking_challenges(clock.now()).where(Round.id != challenge.round_id)
    if not can(policy.revise, challenge):
        rounds = rounds.where(programmes.within(actor().reach(ProgrammeRole.STAFF)))
    return db.session.scalars(rounds).unique().all()
