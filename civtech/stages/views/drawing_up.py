"""Drawing up an agreement: dates, milestones, the offer."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock
from civtech.core.errors import LostRace, RuleViolation, WrongState
from civtech.stages import policy
from civtech.stages.forms import AgreementForm, MilestoneForm, OfferForm
from civtech.stages.models import AgreementState, Milestone, StageAgreement
from civtech.stages.views.blueprint import bp, find_agreement, find_award, find_milestone
from civtech.web.actor import actor
from civtech.web.gate import permit

CONFLICTS = (WrongState, LostRace)


@bp.route("/proposals/<reference>/agreements/new", methods=["GET", "POST"])
@permit(policy.draw_up, find_award)
def new_agreement(award: policy.Award) -> ResponseReturnValue:
    form = AgreementForm()
    if form.validate_on_submit():
        try:
            agreement = StageAgreement.draft(
                proposal=award.proposal,
                stage=award.stage,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                by=actor(),
                at=clock.now(),
            )
        except CONFLICTS:
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("The agreement is begun. Plan its milestones next."), "success")
            return redirect(url_for(".agreement", reference=agreement.reference))
    elif not form.is_submitted() and award.stage.weeks:
        form.starts_on.data = clock.now().date() + timedelta(days=7)
        form.ends_on.data = form.starts_on.data + timedelta(weeks=award.stage.weeks)
    return render_template("stages/new_agreement.html", form=form, award=award), 422 if form.errors else 200


@bp.route("/agreements/<reference>/milestones/new", methods=["GET", "POST"])
@permit(policy.change, find_agreement)
def new_milestone(agreement: StageAgreement) -> ResponseReturnValue:
    form = MilestoneForm()
    if not form.is_submitted() and agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".agreement", reference=agreement.reference))
    if form.validate_on_submit():
        try:
            agreement.plan(
                title=form.title.data,
                success_criteria=form.success_criteria.data,
                due_on=form.due_on.data,
                amount_pence=form.amount.data or 0,
                vat_per_cent=int(form.vat.data),
                by=actor(),
                at=clock.now(),
            )
        except CONFLICTS:
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("“%(title)s” is planned.", title=form.title.data), "success")
            return redirect(url_for(".agreement", reference=agreement.reference))
    left = agreement.budget_left() - agreement.amount_pence
    answer = render_template("stages/new_milestone.html", form=form, agreement=agreement, left=left)
    return answer, 422 if form.errors else 200


@bp.post("/milestones/<reference>/removal")
@permit(policy.change_milestone, find_milestone)
def drop_milestone(milestone: Milestone) -> ResponseReturnValue:
    agreement = milestone.agreement
    agreement.drop(milestone=milestone, by=actor(), at=clock.now())
    flash(_("“%(title)s” is dropped.", title=milestone.title), "success")
    return redirect(url_for(".agreement", reference=agreement.reference))


@bp.route("/agreements/<reference>/offer", methods=["GET", "POST"])
@permit(policy.change, find_agreement)
def offer(agreement: StageAgreement) -> ResponseReturnValue:
    form = OfferForm()
    if form.is_submitted():
        if agreement.state is AgreementState.DRAFT:
            form.check(agreement)
        try:
            agreement.offer(by=actor(), at=clock.now())
        except CONFLICTS:
            raise
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("The agreement is offered. Both sides can accept the rights statement now."), "success")
            return redirect(url_for(".agreement", reference=agreement.reference))
    elif agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".agreement", reference=agreement.reference))
    left = agreement.budget_left()
    answer = render_template("stages/offer.html", form=form, agreement=agreement, left=left)
    return answer, 422 if form.errors else 200


@bp.post("/agreements/<reference>/recall")
@permit(policy.change, find_agreement)
def take_back(agreement: StageAgreement) -> ResponseReturnValue:
    agreement.take_back(by=actor(), at=clock.now())
    flash(_("The offer is taken back. You can change the milestones and offer it again."), "success")
    return redirect(url_for(".agreement", reference=agreement.reference))
