"""A second person of the sponsor approves; they or staff send back; either side cancels."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.challenges import policy
from civtech.challenges.forms import MessageForm
from civtech.challenges.models import Challenge
from civtech.challenges.views.page import bp, find_challenge, page_of
from civtech.core import clock, workflow
from civtech.web.actor import actor
from civtech.web.attempts import carried_version, tried, unchanged
from civtech.web.forms import Form
from civtech.web.gate import permit


@bp.post("/<slug>/approval")
@permit(policy.approve, find_challenge)
def approve(challenge: Challenge) -> ResponseReturnValue:
    def stand_behind() -> None:
        unchanged(challenge)
        challenge.approve(by=actor(), at=clock.now())

    form = Form()
    if status := tried(form, stand_behind):
        return page_of(challenge, form), status
    flash(_("Approved. Programme staff review it now and publish it."), "success")
    return redirect(url_for(".show", slug=challenge.slug))


@bp.route("/<slug>/return", methods=["GET", "POST"])
@permit(policy.send_back, find_challenge)
def send_back(challenge: Challenge) -> ResponseReturnValue:
    done = _("Sent back. Its authors read your message and can change the draft again.")
    return _with_message(challenge, "send_back", "challenges/send_back.html", done)


@bp.route("/<slug>/cancellation", methods=["GET", "POST"])
@permit(policy.cancel, find_challenge)
def cancel(challenge: Challenge) -> ResponseReturnValue:
    return _with_message(challenge, "cancel", "challenges/cancel.html", _("The challenge is cancelled."))


def _with_message(challenge: Challenge, verb: str, template: str, done: str) -> ResponseReturnValue:
    slug = challenge.slug
    if request.method == "GET" and not workflow.possible(challenge, verb, clock.now()):
        return redirect(url_for(".show", slug=slug))
    form, status = MessageForm(), None
    if form.validate_on_submit():
        act: Callable[..., None] = getattr(challenge, verb)

        def say() -> None:
            unchanged(challenge)
            act(message=form.message.data, by=actor(), at=clock.now())

        status = tried(form, say)
        if status is None:
            flash(done, "success")
            return redirect(url_for(".show", slug=slug))
    page = render_template(template, form=form, challenge=challenge, version=carried_version(challenge, status))
    return page, status or (422 if form.errors else 200)
