"""Approving a release, or refusing it with a reason."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.core.workflow import possible
from civtech.funding import policy
from civtech.funding.forms import PaymentForm, RefusalForm, ReleaseForm
from civtech.funding.models import Release
from civtech.funding.views.blueprint import bp, find_release
from civtech.funding.views.releases import page
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.post("/releases/<reference>/approval")
@permit(policy.decide, find_release, act=N_("Approve a release of money"))
def approve(release: Release) -> ResponseReturnValue:
    form = ReleaseForm(release)
    form.tell(release.known(actor().id))
    if not done(form, lambda: release.approve(by=actor(), at=clock.now(), because=form.reason)):
        return page(release, PaymentForm(release, formdata=None), form)
    flash(_("Release approved. Finance can now pay the money."), "success")
    return redirect(url_for(".release", reference=release.reference))


@bp.route("/releases/<reference>/refusal", methods=["GET", "POST"])
@permit(policy.decide, find_release, act=N_("Refuse a release of money"))
def refuse(release: Release) -> ResponseReturnValue:
    form = RefusalForm(release)
    if not form.is_submitted() and not possible(release, "refuse", clock.now()):
        return redirect(url_for(".release", reference=release.reference))
    if done(form, lambda: release.refuse(reason=form.reason.data, by=actor(), at=clock.now())):
        flash(_("Release refused. No money has moved. Staff can propose the release again."), "success")
        return redirect(url_for(".release", reference=release.reference))
    return render_template("funding/refusal.html", form=form, release=release), form.status
