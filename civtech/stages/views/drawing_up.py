"""Drafting an agreement: dates, milestones, the offer."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.stages import policy
from civtech.stages.forms import (
    AgreementForm,
    DatesForm,
    DraftForm,
    DropForm,
    MilestoneForm,
    OfferForm,
    PlannedForm,
)
from civtech.stages.models import AgreementState, Milestone, StageAgreement
from civtech.stages.models.bound import withdrawn
from civtech.stages.views.agreements import page_of
from civtech.stages.views.blueprint import bp, find_agreement, find_award, find_milestone
from civtech.stages.views.milestones import page_of as milestone_page
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.route("/proposals/<reference>/agreements/new", methods=["GET", "POST"])
@permit(policy.draw_up, find_award, act=N_("Draft a stage agreement"), unbound="It starts a draft.")
def new_agreement(award: policy.Award) -> ResponseReturnValue:
    form = AgreementForm(award.proposal, award.stage)

    def draft() -> StageAgreement:
        return StageAgreement.draft(
            proposal=award.proposal,
            stage=award.stage,
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            by=actor(),
            at=clock.now(),
        )

    if agreement := made(form, draft):
        flash(_("Draft agreement created. Next, add its milestones."), "success")
        return redirect(url_for(".agreement", reference=agreement.reference))
    if not form.is_submitted() and award.stage.weeks:
        form.starts_on.data = clock.now().date() + timedelta(days=7)
        form.ends_on.data = form.starts_on.data + timedelta(weeks=award.stage.weeks)
    return render_template("stages/new_agreement.html", form=form, award=award), form.status


@bp.route("/agreements/<reference>/dates", methods=["GET", "POST"])
@permit(
    policy.change,
    find_agreement,
    act=N_("Change the dates of a draft agreement"),
    unbound="It saves a draft. The form compares it with what others saved; the offer binds it.",
)
def change_dates(agreement: StageAgreement) -> ResponseReturnValue:
    form = DatesForm(agreement)
    if not form.is_submitted() and agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".agreement", reference=agreement.reference))

    def reschedule() -> None:
        agreement.reschedule(starts_on=form.starts_on.data, ends_on=form.ends_on.data, by=actor(), at=clock.now())

    if done(form, reschedule):
        flash(_("Dates saved."), "success")
        return redirect(url_for(".agreement", reference=agreement.reference))
    return render_template("stages/dates.html", form=form, agreement=agreement), form.status


@bp.post("/agreements/<reference>/removal")
@permit(policy.change, find_agreement, act=N_("Discard a draft agreement"))
def discard(agreement: StageAgreement) -> ResponseReturnValue:
    form = DraftForm(agreement)
    slug, was_offered = agreement.challenge.slug, agreement.first_offered_at is not None
    if not done(form, lambda: agreement.discard(by=actor(), at=clock.now())):
        return page_of(agreement, form), form.status
    if was_offered:
        told = _("Draft discarded. We’ve emailed both sides, because it had been offered to them before.")
    else:
        told = _("Draft discarded. Neither side had seen it, so we have not told them.")
    flash(told, "success")
    return redirect(url_for("challenges.show", slug=slug))


@bp.route("/agreements/<reference>/milestones/new", methods=["GET", "POST"])
@permit(
    policy.change,
    find_agreement,
    act=N_("Add a milestone to a draft agreement"),
    unbound="It adds what the person types to a draft. The offer binds it.",
)
def new_milestone(agreement: StageAgreement) -> ResponseReturnValue:
    form = MilestoneForm(agreement)
    if not form.is_submitted() and agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".agreement", reference=agreement.reference))
    if done(form, lambda: agreement.plan(by=actor(), at=clock.now(), **form.plan())):
        flash(_("Milestone “%(title)s” added.", title=form.title.data), "success")
        return redirect(url_for(".agreement", reference=agreement.reference))
    left = agreement.budget_left() - agreement.amount_pence
    answer = render_template("stages/new_milestone.html", form=form, agreement=agreement, left=left)
    return answer, form.status


@bp.route("/milestones/<reference>/draft", methods=["GET", "POST"])
@permit(
    policy.change_milestone,
    find_milestone,
    act=N_("Change a milestone in a draft agreement"),
    unbound="It saves a draft. The form compares it with what others saved; the offer binds it.",
)
def edit_milestone(milestone: Milestone) -> ResponseReturnValue:
    agreement = milestone.agreement
    form = PlannedForm(milestone)
    if not form.is_submitted() and agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".milestone", reference=milestone.reference))
    if done(form, lambda: agreement.replan(milestone=milestone, by=actor(), at=clock.now(), **form.plan())):
        flash(_("Milestone “%(title)s” saved.", title=milestone.title), "success")
        return redirect(url_for(".agreement", reference=agreement.reference))
    left = agreement.budget_left() - agreement.amount_pence
    page = render_template("stages/edit_milestone.html", form=form, milestone=milestone, agreement=agreement, left=left)
    return page, form.status


@bp.post("/milestones/<reference>/removal")
@permit(policy.change_milestone, find_milestone, act=N_("Remove a milestone from a draft agreement"))
def drop_milestone(milestone: Milestone) -> ResponseReturnValue:
    agreement = milestone.agreement
    form = DropForm(milestone)
    if not done(form, lambda: agreement.drop(milestone=milestone, by=actor(), at=clock.now())):
        return milestone_page(milestone, form), form.status
    flash(_("Milestone “%(title)s” removed.", title=milestone.title), "success")
    return redirect(url_for(".agreement", reference=agreement.reference))


@bp.route("/agreements/<reference>/offer", methods=["GET", "POST"])
@permit(policy.change, find_agreement, act=N_("Offer a stage agreement to both sides"))
def offer(agreement: StageAgreement) -> ResponseReturnValue:
    form = OfferForm(agreement)
    if not form.is_submitted() and agreement.state is not AgreementState.DRAFT:
        return redirect(url_for(".agreement", reference=agreement.reference))
    if done(form, lambda: agreement.offer(by=actor(), at=clock.now(), **form.payee())):
        flash(_("Agreement offered. Both sides can now accept the rights statement."), "success")
        return redirect(url_for(".agreement", reference=agreement.reference))
    left = agreement.budget_left()
    answer = render_template("stages/offer.html", form=form, agreement=agreement, left=left)
    return answer, form.status


@bp.post("/agreements/<reference>/recall")
@permit(policy.change, find_agreement, act=N_("Withdraw the offer of a stage agreement"))
def take_back(agreement: StageAgreement) -> ResponseReturnValue:
    form = SeenForm(agreement, lambda: withdrawn(agreement))
    if not done(form, lambda: agreement.take_back(by=actor(), at=clock.now())):
        return page_of(agreement, form), form.status
    flash(
        _("Offer withdrawn. We’ve emailed both sides. You can change the draft or discard it."),
        "success",
    )
    return redirect(url_for(".agreement", reference=agreement.reference))
