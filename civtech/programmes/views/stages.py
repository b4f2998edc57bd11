"""One stage: its figures and its criteria, which can be edited until the round opens."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.errors import LostRace
from civtech.core.text import N_
from civtech.programmes import policy, queries
from civtech.programmes.forms import MOST_CRITERIA, StageForm
from civtech.programmes.models import Round, RoundState, Stage
from civtech.programmes.views.rounds import bp, in_words
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


def find_stage(reference: str, key: str) -> Stage:
    """The stage of a round the actor can see."""
    return first_or_404(queries.stages_visible_to(actor()).where(Round.reference == reference, Stage.key == key))


@bp.route("/<reference>/stages/<key>", methods=["GET", "POST"])
@permit(
    policy.change_stage,
    find_stage,
    act=N_("Change the figures and criteria of a stage"),
    unbound="It saves a draft. The form compares it with what others saved; opening the round binds the figures.",
)
def stage(changed: Stage) -> ResponseReturnValue:
    reference = changed.round.reference
    if request.method == "GET" and changed.round.state is not RoundState.PREPARED:
        return redirect(url_for(".round", reference=reference))
    form = StageForm(changed)
    if "more" in request.form:
        form.one_more()
    elif done(form, lambda: _store(changed, form)):
        flash(
            _(
                "Figures and criteria saved for “%(stage)s”. You can change them until the round opens.",
                stage=changed.name,
            ),
            "success",
        )
        return redirect(url_for(".round", reference=reference))
    page = render_template(
        "programmes/stage.html",
        form=form,
        stage=changed,
        overtaken=form.status == LostRace.status,
        room=len(form.criteria) < MOST_CRITERIA,
        **in_words(),
    )
    return page, form.status


def _store(changed: Stage, form: StageForm) -> None:
    wanted = form.wanted()
    changed.change_figures(by=actor(), at=clock.now(), **form.figures())
    if [criterion.figures for criterion in changed.criteria] != wanted:
        changed.judge_by(wanted, by=actor(), at=clock.now())
