"""The list of releases, the page of one, and proposing one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.funding import policy, queries
from civtech.funding.forms import PaymentForm, ProposalForm, ReleaseForm
from civtech.funding.models import AccountKind, Release, ReleaseState
from civtech.funding.views.blueprint import bp, find_release
from civtech.stages.models import Milestone
from civtech.stages.views.blueprint import find_milestone
from civtech.stages.views.milestones import page_of as milestone_page
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.forms import Form
from civtech.web.gate import permit
from civtech.web.pagination import paged
from civtech.web.translation import gettext as _


@bp.get("/releases")
@permit(policy.see_releases, act=N_("View the list of releases"))
def releases() -> ResponseReturnValue:
    states = {str(state.value): state for state in ReleaseState}
    wanted = states.get(request.args.get("state", ""))
    query = queries.visible_to(actor())
    if wanted:
        query = query.where(Release.state == wanted)
    return render_template(
        "funding/releases.html", page=paged(query, Release.id), states=list(ReleaseState), wanted=wanted
    )


@bp.get("/releases/<reference>")
@permit(policy.see_release, find_release, act=N_("View a release of money"))
def release(release: Release) -> ResponseReturnValue:
    return page(release, PaymentForm(release))


def page(release: Release, payment: PaymentForm, refused: Form | None = None) -> ResponseReturnValue:
    """Show the release with everything needed to decide on it; `refused` is a form to show again with its errors."""
    form = refused or payment
    committed = db.session.scalar(queries.balance(AccountKind.COMMITTED, release.milestone)) or 0
    released = db.session.scalar(queries.balance(AccountKind.RELEASED, release.milestone)) or 0
    answer = render_template(
        "funding/release.html",
        release=release,
        committed=committed,
        released=released,
        form=form,
        payment=payment,
        seen=ReleaseForm(release, formdata=None).seen.data,
        policy=policy,
    )
    return answer, form.status


@bp.post("/milestones/<reference>/releases")
@permit(policy.propose, find_milestone, act=N_("Propose a release of money for a milestone"))
def propose(milestone: Milestone) -> ResponseReturnValue:
    form = ProposalForm(milestone)
    release = made(form, lambda: Release.propose(milestone=milestone, by=actor(), at=clock.now()))
    if release is None:
        return milestone_page(milestone, form), form.status
    flash(_("Release proposed. Someone else must approve it before the money is released."), "success")
    return redirect(url_for(".release", reference=release.reference))
