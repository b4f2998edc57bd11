"""Rounds: list, create, view, open, close."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.programmes import policy, queries
from civtech.programmes.forms import NewRoundForm
from civtech.programmes.models import Pathway, Round, RoundState, unfinished_in
from civtech.programmes.models.bound import closed, opened
from civtech.programmes.paths import (
    amount_in_words,
    excludes_vat,
    path_of,
    purpose_in_words,
    teams_in_words,
    weeks_in_words,
)
from civtech.programmes.scale import SCALE, TIE_BREAK
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.display import may, programme_currency
from civtech.web.forms import SeenForm
from civtech.web.gate import can, permit
from civtech.web.pagination import paged
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _

bp = Blueprint("programmes", __name__, url_prefix="/rounds")


def find_round(reference: str) -> Round:
    """The round, if the actor can see it."""
    return first_or_404(queries.visible_to(actor()).where(Round.reference == reference).options(queries.STAGES))


def in_words() -> dict[str, object]:
    """Functions that templates need to write out a stage's figures."""
    return {
        "amount_in_words": amount_in_words,
        "excludes_vat": excludes_vat,
        "path_of": path_of,
        "purpose_in_words": purpose_in_words,
        "teams_in_words": teams_in_words,
        "weeks_in_words": weeks_in_words,
        "scale": SCALE,
        "tie_break": TIE_BREAK,
    }


@bp.get("")
@permit(policy.see_rounds, act=N_("View the list of rounds"))
def rounds() -> ResponseReturnValue:
    return render_template(
        "programmes/rounds.html",
        page=paged(queries.visible_to(actor()), Round.id),
        may_create=can(policy.create_round),
    )


@bp.route("/new", methods=["GET", "POST"])
@permit(policy.create_round, act=N_("Create a round"), unbound="It starts a draft.")
def new_round() -> ResponseReturnValue:
    pathways = db.session.scalars(queries.current_pathways()).all()
    form = NewRoundForm(pathways)
    if created := made(form, lambda: _create(form, pathways)):
        flash(_("Round created. Check its figures, then open it."), "success")
        return redirect(url_for(".round", reference=created.reference))
    return render_template("programmes/new_round.html", form=form, pathways=pathways), form.status


def _create(form: NewRoundForm, pathways: Sequence[Pathway]) -> Round:
    chosen = next(pathway for pathway in pathways if pathway.reference == form.pathway.data)
    return Round.create(
        name=form.name.data,
        pathway=chosen,
        currency=programme_currency(),
        payer_must_differ=current_app.config["PAYER_MUST_DIFFER"],
        by=actor(),
        at=clock.now(),
    )


@bp.get("/<reference>", endpoint="round")
@permit(policy.see_round, find_round, act=N_("View a round and its stages"))
def show_round(shown: Round) -> ResponseReturnValue:
    return _page(shown)


def _page(shown: Round) -> str:
    return render_template(
        "programmes/round.html",
        round=shown,
        may_open=may(policy.open_round, "open", shown),
        may_finish=may(policy.finish_round, "finish", shown),
        left=sum(kind.count for kind in unfinished_in(shown, clock.now())) if shown.state is RoundState.OPEN else 0,
        may_change=can(policy.create_round) and shown.state is RoundState.PREPARED,
        **in_words(),
    )


@bp.route("/<reference>/opening", methods=["GET", "POST"])
@permit(policy.open_round, find_round, act=N_("Open a round"))
def opening(prepared: Round) -> ResponseReturnValue:
    reference = prepared.reference
    if request.method == "GET" and prepared.state is not RoundState.PREPARED:
        return redirect(url_for(".round", reference=reference))
    form = SeenForm(prepared, lambda: opened(prepared))
    if done(form, lambda: prepared.open(by=actor(), at=clock.now())):
        flash(_("Round opened. You can no longer change its stages, figures or criteria."), "success")
        return redirect(url_for(".round", reference=reference))
    return render_template("programmes/opening.html", form=form, round=prepared, **in_words()), form.status


@bp.route("/<reference>/completion", methods=["GET", "POST"])
@permit(policy.finish_round, find_round, act=N_("View what is still open in a round, and close the round"))
def finish_round(running: Round) -> ResponseReturnValue:
    reference = running.reference
    if is_write():
        queries.hold(running)
    elif running.state is not RoundState.OPEN:
        return redirect(url_for(".round", reference=reference))
    form = SeenForm(running, lambda: closed(running))
    if done(form, lambda: running.finish(by=actor(), at=clock.now())):
        flash(_("Round closed. We’re emailing the public bodies in it."), "success")
        return redirect(url_for(".round", reference=reference))
    left = unfinished_in(running, clock.now()) if running.state is RoundState.OPEN else []
    page = render_template(
        "programmes/completion.html", form=form, round=running, left=left, count=sum(kind.count for kind in left)
    )
    return page, form.status
