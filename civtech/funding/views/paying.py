"""Marking a release as paid, for finance."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.funding import policy
from civtech.funding.forms import PaymentForm
from civtech.funding.models import Release
from civtech.funding.views.blueprint import bp, find_release
from civtech.funding.views.releases import page
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.post("/releases/<reference>/payment")
@permit(policy.pay, find_release, act=N_("Mark a release as paid"))
def pay(release: Release) -> ResponseReturnValue:
    form = PaymentForm(release)
    form.tell(release.known(actor().id))

    def pay_it() -> None:
        release.pay(bank_reference=form.bank_reference.data, by=actor(), at=clock.now(), because=form.reason)

    if done(form, pay_it):
        flash(_("Release marked as paid. We’ve emailed the team."), "success")
        return redirect(url_for(".release", reference=release.reference))
    return page(release, form)
