"""The second person approves a release, or refuses it with a reason."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock
from civtech.core.errors import LostRace, RuleViolation, WrongState
from civtech.core.workflow import possible
from civtech.funding import policy
from civtech.funding.forms import ApprovalForm, RefusalForm
from civtech.funding.models import Release
from civtech.funding.views.blueprint import bp, find_release
from civtech.web.actor import actor
from civtech.web.gate import permit


@bp.post("/releases/<reference>/approval")
@permit(policy.decide, find_release)
def approve(release: Release) -> ResponseReturnValue:
    ApprovalForm().check(release)
    release.approve(by=actor(), at=clock.now())
    flash(_("Approved. The money is released, and finance can pay it."), "success")
    return redirect(url_for(".release", reference=release.reference))


@bp.route("/releases/<reference>/refusal", methods=["GET", "POST"])
@permit(policy.decide, find_release)
def refuse(release: Release) -> ResponseReturnValue:
    form = RefusalForm()
    if form.validate_on_submit():
        try:
            release.refuse(reason=form.reason.data, by=actor(), at=clock.now())
        except (WrongState, LostRace):
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("Refused. No money has moved; the release can be proposed again."), "success")
            return redirect(url_for(".release", reference=release.reference))
    elif not form.is_submitted() and not possible(release, "refuse", clock.now()):
        return redirect(url_for(".release", reference=release.reference))
    return render_template("funding/refusal.html", form=form, release=release), 422 if form.errors else 200
