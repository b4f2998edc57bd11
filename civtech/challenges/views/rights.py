"""Staff check what a challenge says about IP and equity. Another answers an exception, or a check of strong phrases."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.challenges import policy, queries
from civtech.challenges.advice import rights_advice
from civtech.challenges.models import Challenge, RightsCheck, RightsCheckKind
from civtech.challenges.models.rights_check import IN_REVIEW
from civtech.challenges.rights_forms import AnswerCheckForm, RefuseCheckForm, RightsForm
from civtech.challenges.views.page import bp, find_challenge
from civtech.core import clock, workflow
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.display import may
from civtech.web.forms import Form
from civtech.web.gate import permit
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _


def find_check(slug: str, reference: str) -> RightsCheck:
    """The check of rights, if the actor can see it."""
    query = queries.rights_checks_visible_to(actor()).where(
        RightsCheck.reference == reference, RightsCheck.challenge.has(Challenge.slug == slug)
    )
    return first_or_404(query)


@bp.route("/<slug>/rights", methods=["GET", "POST"])
@permit(
    policy.check_rights, find_challenge, act=N_("Check what a challenge says about intellectual property and equity")
)
def rights(challenge: Challenge) -> ResponseReturnValue:
    if is_write():
        queries.hold(challenge, alone=True)
    form = RightsForm(challenge)

    def record() -> RightsCheck:
        return RightsCheck.record(
            challenge=challenge, reason=form.reason.data, by=actor(), at=clock.now(), **form.exception()
        )

    if check := made(form, record):
        if challenge.needs_another(check.kind):
            flash(_("Check recorded. Another member of staff must approve it before publication."), "success")
        else:
            flash(_("Check recorded. It holds for the current text."), "success")
        return redirect(url_for(".rights", slug=check.challenge.slug))
    return _page_of(challenge, form), form.status


def _page_of(challenge: Challenge, form: Form) -> str:
    check = challenge.rights_check
    checks = db.session.scalars(queries.rights_checks_of(challenge)).all()
    return render_template(
        "challenges/rights.html",
        challenge=challenge,
        form=form,
        check=check,
        phrases=list(rights_advice(challenge.brief)),
        earlier=[each for each in checks if each is not check],
        may_record=check is None and challenge.state in IN_REVIEW,
        may_approve=check is not None and may(policy.answer_rights_check, "approve", check),
        may_withdraw=check is not None and may(policy.withdraw_rights_check, "withdraw", check),
        seen=AnswerCheckForm(check, formdata=None).present() if check else "",
    )


@bp.post("/<slug>/rights/<reference>/approval")
@permit(policy.answer_rights_check, find_check, act=N_("Approve a check of the rights in a challenge"))
def approve_check(check: RightsCheck) -> ResponseReturnValue:
    queries.hold(check.challenge, alone=True)
    form = AnswerCheckForm(check)
    if done(form, lambda: check.approve(by=actor(), at=clock.now())):
        if check.kind is RightsCheckKind.EXCEPTION:
            flash(_("Exception approved. Everyone can read it when the challenge is published."), "success")
        else:
            flash(_("Check approved. It holds for the current text."), "success")
        return redirect(url_for(".rights", slug=check.challenge.slug))
    return _page_of(check.challenge, form), form.status


@bp.route("/<slug>/rights/<reference>/refusal", methods=["GET", "POST"])
@permit(policy.answer_rights_check, find_check, act=N_("Refuse a check of the rights in a challenge"))
def refuse_check(check: RightsCheck) -> ResponseReturnValue:
    if is_write():
        queries.hold(check.challenge, alone=True)
    elif not workflow.possible(check, "refuse", clock.now()):
        return redirect(url_for(".rights", slug=check.challenge.slug))
    form = RefuseCheckForm(check)
    if done(form, lambda: check.refuse(message=form.message.data, by=actor(), at=clock.now())):
        flash(_("Refused. We’ve emailed the person who recorded it."), "success")
        return redirect(url_for(".rights", slug=check.challenge.slug))
    return render_template("challenges/rights_refusal.html", form=form, check=check), form.status


@bp.post("/<slug>/rights/<reference>/withdrawal")
@permit(policy.withdraw_rights_check, find_check, act=N_("Withdraw a check of the rights in a challenge"))
def withdraw_check(check: RightsCheck) -> ResponseReturnValue:
    queries.hold(check.challenge, alone=True)
    form = AnswerCheckForm(check)
    if done(form, lambda: check.withdraw(by=actor(), at=clock.now())):
        flash(_("Record withdrawn. Check the text again before publication."), "success")
        return redirect(url_for(".rights", slug=check.challenge.slug))
    return _page_of(check.challenge, form), form.status
