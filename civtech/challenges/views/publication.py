"""Publishing, for staff: choose the dates, preview the page, confirm."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy
from civtech.challenges.forms import PublicationForm
from civtech.challenges.models import Challenge
from civtech.challenges.views.page import bp, find_challenge
from civtech.core import clock, workflow
from civtech.core.errors import LostRace, RuleViolation
from civtech.core.text import N_
from civtech.programmes.views.rounds import in_words
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _

TIME_TO_USE_ANSWERS = timedelta(days=6)
"""The minimum time from the last answer to the deadline (Directive 2014/24/EU, article 47(3)(a))."""


@bp.route("/<slug>/publication", methods=["GET", "POST"])
@permit(policy.publish, find_challenge, act=N_("Choose the dates of a challenge and publish it"))
def publish(challenge: Challenge) -> ResponseReturnValue:
    slug = challenge.slug
    if request.method == "GET" and not workflow.possible(challenge, "publish", clock.now()):
        return redirect(url_for(".show", slug=slug))
    form = PublicationForm(challenge)
    if "change" in request.form:
        form.validate()
    elif "confirm" not in request.form:
        if form.validate_on_submit():
            if (refused := _why_not(challenge, form)) is None:
                return _check(challenge, form)
            form.refused(refused)
    elif done(form, lambda: _publish(challenge, form)):
        flash(_("Challenge published. It will open and close automatically."), "success")
        return redirect(url_for(".show", slug=slug))
    return render_template("challenges/publication.html", form=form, challenge=challenge), form.status


def _why_not(challenge: Challenge, form: PublicationForm) -> RuleViolation | None:
    """Why it cannot be published now, or what has changed since the page for the dates was shown."""
    if refused := workflow.refusal(challenge, "publish", clock.now()):
        return refused
    try:
        form.refuse_if_changed()
    except LostRace as changed:
        return changed
    return None


def _publish(challenge: Challenge, form: PublicationForm) -> None:
    challenge.publish(
        opens_at=form.opens_at.data,
        questions_close_at=form.questions_close_at.data,
        closes_at=form.closes_at.data,
        by=actor(),
        at=clock.now(),
    )


def _check(challenge: Challenge, form: PublicationForm) -> ResponseReturnValue:
    form.renew()
    typed = {
        f"{field.name}-{part}": value
        for field in (form.opens_at, form.questions_close_at, form.closes_at)
        for part, value in zip(field.parts, field.shown(), strict=True)
    }
    return render_template(
        "challenges/publication_check.html",
        challenge=challenge,
        sections=challenge.sections(inside=False),
        opens_at=form.opens_at.data,
        questions_close_at=form.questions_close_at.data,
        closes_at=form.closes_at.data,
        form=form,
        typed=typed,
        hurried=form.closes_at.data - form.questions_close_at.data < TIME_TO_USE_ANSWERS,
        **in_words(),
    )
