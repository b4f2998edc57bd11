"""The list of releases, the page of one, and proposing one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.funding import policy, queries
from civtech.funding.forms import PaymentForm, ProposalForm, ReleaseForm
from civtech.funding.models import Release, ReleaseState, known_of_payee
from civtech.funding.views.blueprint import bp, find_release
from civtech.organisations.models import Names
from civtech.rights.queries import oversees
from civtech.stages.models import Milestone, MilestoneState
from civtech.stages.views.blueprint import find_milestone
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.gate import permit
from civtech.web.pagination import paged
from civtech.web.transaction import is_write
from civtech.web.translation import gettext as _


@bp.get("/releases")
@permit(policy.see_releases, act=N_("View the list of releases"))
def releases() -> ResponseReturnValue:
    states = {str(state.value): state for state in ReleaseState}
    wanted = states.get(request.args.get("state", ""))
    query = queries.visible_to(actor())
    if wanted:
        query = query.where(Release.state == wanted)
    shown = paged(query, Release.id)
    names = Names(each.milestone.agreement.company.id for each in shown.rows)
    return render_template("funding/releases.html", page=shown, names=names, states=list(ReleaseState), wanted=wanted)


@bp.get("/releases/<reference>")
@permit(policy.see_release, find_release, act=N_("View a release of money"))
def release(release: Release) -> ResponseReturnValue:
    return page(release, PaymentForm(release))


def page(release: Release, payment: PaymentForm, refused: ReleaseForm | None = None) -> ResponseReturnValue:
    """Show the release with everything needed to decide on it; `refused` is a form to show again with its errors."""
    form = refused or payment
    deciding = refused if refused is not None else ReleaseForm(release, formdata=None)
    agreement = release.milestone.agreement
    overseeing = oversees(actor(), agreement.challenge)
    known = release.known(actor().id) if overseeing else []
    for each in (payment, deciding):
        if each is not form or not form.is_submitted():
            each.tell(known)
    committed, released = db.session.execute(queries.balances(release.milestone)).one()
    payers = _payers(release)
    answer = render_template(
        "funding/release.html",
        release=release,
        names=Names((agreement.company.id, agreement.public_body.id) if release.settled_at else ()),
        committed=committed,
        released=released,
        no_payer=payers is not None and not payers,
        no_other_payer=payers is not None and not payers - _kept_from_paying(release),
        approved_by_reader=release.must_be_paid_by_another(actor()),
        form=form,
        payment=payment,
        deciding=deciding,
        known=known,
        policy=policy,
    )
    return answer, form.status


def _kept_from_paying(release: Release) -> set[int]:
    """The reader, if approving the release would keep them from paying it."""
    return {actor().id} if release.milestone.agreement.challenge.round.payer_must_differ else set()


def _payers(release: Release) -> set[int] | None:
    """The ids of the people who can pay the release. None if there is nothing to pay, or the reader need not know."""
    waits = release.state in {ReleaseState.PROPOSED, ReleaseState.APPROVED}
    if not waits or not actor().has_for(release.milestone.agreement.challenge, *policy.DECIDE):
        return None
    return set(db.session.scalars(queries.payers(release, clock.now())))


@bp.route("/milestones/<reference>/releases", methods=["GET", "POST"])
@permit(policy.propose, find_milestone, act=N_("Propose a release of money for a milestone"))
def propose(milestone: Milestone) -> ResponseReturnValue:
    if not is_write() and milestone.state is not MilestoneState.ACCEPTED:
        return redirect(url_for("stages.milestone", reference=milestone.reference))
    form = ProposalForm(milestone)
    form.tell(known_of_payee(milestone, actor().id))
    release = made(form, lambda: Release.propose(milestone=milestone, by=actor(), at=clock.now(), because=form.reason))
    if release is None:
        live_one = queries.of_milestone(actor(), milestone).where(Release.state != ReleaseState.REFUSED)
        live = db.session.scalars(live_one).unique().one_or_none() if form.is_over else None
        return render_template("funding/propose.html", milestone=milestone, form=form, live=live), form.status
    flash(_("Release proposed. Someone else must approve it before the money is released."), "success")
    return redirect(url_for(".release", reference=release.reference))
