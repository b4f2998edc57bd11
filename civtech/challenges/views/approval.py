"""Someone else at the sponsor approves. The sponsor or staff send a challenge back or cancel it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy, queries
from civtech.challenges.forms import CancellationForm, MessageForm, TextForm
from civtech.challenges.models import Challenge
from civtech.challenges.views.page import bp, find_challenge, page_of
from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.text import N_
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _


@bp.post("/<slug>/approval")
@permit(policy.approve, find_challenge, act=N_("Approve a challenge"))
def approve(challenge: Challenge) -> ResponseReturnValue:
    form = TextForm(challenge)
    if done(form, lambda: challenge.approve(by=actor(), at=clock.now())):
        flash(_("Challenge approved. Programme staff will now review it and publish it."), "success")
        return redirect(url_for(".show", slug=challenge.slug))
    return page_of(challenge, form), form.status


@bp.route("/<slug>/return", methods=["GET", "POST"])
@permit(policy.send_back, find_challenge, act=N_("Send a challenge back to its authors"))
def send_back(challenge: Challenge) -> ResponseReturnValue:
    thanks = _("Challenge sent back. Its authors will see your message and can change the draft again.")
    return _with_message(challenge, "send_back", "challenges/send_back.html", thanks)


@bp.route("/<slug>/cancellation", methods=["GET", "POST"])
@permit(policy.cancel, find_challenge, act=N_("Cancel a challenge"))
def cancel(challenge: Challenge) -> ResponseReturnValue:
    if is_write():
        queries.hold(challenge, alone=True)
    thanks = _("Challenge cancelled. We’re emailing everyone affected.")
    waiting = db.session.scalar(queries.waiting_questions_of(challenge))
    return _with_message(challenge, "cancel", "challenges/cancel.html", thanks, waiting=waiting)


def _with_message(challenge: Challenge, verb: str, template: str, thanks: str, **shown: object) -> ResponseReturnValue:
    slug = challenge.slug
    if request.method == "GET" and not workflow.possible(challenge, verb, clock.now()):
        return redirect(url_for(".show", slug=slug))
    form = CancellationForm(challenge) if verb == "cancel" else MessageForm(challenge)
    act: Callable[..., None] = getattr(challenge, verb)
    if done(form, lambda: act(message=form.message.data, by=actor(), at=clock.now())):
        flash(thanks, "success")
        return redirect(url_for(".show", slug=slug))
    return render_template(template, form=form, challenge=challenge, **shown), form.status
