"""Anyone who is signed in can ask a question, except the sponsor's own people."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy, queries
from civtech.challenges.forms import QuestionForm
from civtech.challenges.models import Challenge, Question
from civtech.challenges.views.page import bp, find_challenge
from civtech.core import clock
from civtech.core.text import N_
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.limits import MAILS_TO_OTHERS, QUESTIONS, at_most, network
from civtech.web.transaction import is_write, received_at
from civtech.web.translation import gettext as _


@bp.route("/<slug>/questions/new", methods=["GET", "POST"])
@permit(
    policy.ask, find_challenge, act=N_("Ask a question about a challenge"), unbound="It sends what the person types."
)
@at_most(QUESTIONS)
@at_most(MAILS_TO_OTHERS, by=network)
def ask(challenge: Challenge) -> ResponseReturnValue:
    if is_write():
        queries.hold(challenge)
    form = QuestionForm()
    if done(form, lambda: Question.ask(challenge=challenge, text=form.text.data, by=actor(), at=received_at())):
        flash(
            _("Question sent to the sponsor. We’ll email you the answer. Everyone will see it, but not your name."),
            "success",
        )
        return redirect(url_for(".show", slug=challenge.slug, _anchor="questions"))
    page = render_template(
        "challenges/ask.html", form=form, challenge=challenge, taken=challenge.takes_questions(clock.now())
    )
    return page, form.status
