"""Decisions: proposed by one person, approved by another, released to all."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.forms.decision import DecisionForm, OutcomesForm, ReturnForm, SettledForm
from civtech.judging.models import Decision, DecisionState, Panel, known_about
from civtech.judging.models.bound import endings
from civtech.judging.panel_ranking import ranking_with_reasons
from civtech.judging.views.finders import FIELDS_OF_PROPOSALS, PANEL_URL, bp, find_decision, find_panel
from civtech.organisations.models import Names
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.display import may
from civtech.web.gate import can, permit
from civtech.web.sizes import at_most_fields
from civtech.web.translation import gettext as _
from civtech.web.translation import ngettext


@bp.route(f"{PANEL_URL}/decisions/new", methods=["GET", "POST"])
@permit(policy.propose_decision, find_panel, act=N_("Propose a decision"))
@at_most_fields(FIELDS_OF_PROPOSALS)
def new_decision(panel: Panel) -> ResponseReturnValue:
    if request.method == "POST":
        panel.hold()
    panel.refuse_while_closed()
    returned = _returned(panel)
    form = DecisionForm.of(panel, ranking_with_reasons(panel), returned=returned)
    form.tell(known_about(panel, actor().id))

    def propose() -> Decision:
        proposals = {proposal.id: proposal for proposal in db.session.scalars(queries.candidates(panel)).unique()}
        return Decision.propose(
            panel=panel,
            verdicts=form.verdicts(proposals),
            reason=form.reason.data,
            departure=form.departure.data or "",
            because=form.reason,
            by=actor(),
            at=clock.now(),
        )

    if decision := made(form, propose):
        flash(_("Decision proposed. Another member of staff must approve it."), "success")
        return redirect(url_for(".decision", reference=decision.reference))
    page = render_template(
        "judging/new_decision.html",
        panel=panel,
        following=panel.challenge.round.stage_after(panel.stage),
        form=form,
        returned=returned,
        unlocked=db.session.scalar(queries.unlocked(panel)),
    )
    return page, form.status


def _returned(panel: Panel) -> Decision | None:
    """The panel's last decision, if it was sent back."""
    last = db.session.scalars(queries.last_decision(panel)).unique().one_or_none()
    return last if last is not None and last.state is DecisionState.RETURNED else None


@bp.get("/decisions/<reference>")
@permit(policy.see_decision, find_decision, act=N_("View a decision"))
def decision(decision: Decision) -> ResponseReturnValue:
    return _page(decision, ReturnForm(decision))


def _page(decision: Decision, returning: ReturnForm, refused: SettledForm | None = None) -> ResponseReturnValue:
    """The decision with its forms. `refused` is the form with errors, if that is why we show the page again."""
    form = refused or returning
    may_release = may(policy.release_outcomes, "release", decision)
    kind = OutcomesForm if may_release else SettledForm
    settled = refused or kind(decision, formdata=None)
    if refused is None:
        settled.tell(decision.known(actor().id))
    page = render_template(
        "judging/decision.html",
        decision=decision,
        applicants=Names(outcome.proposal.organisation_id for outcome in decision.outcomes if decision.released_at),
        panel=decision.panel,
        following=decision.panel.challenge.round.stage_after(decision.panel.stage),
        chosen=[outcome for outcome in decision.outcomes if outcome.goes_on],
        declined=[outcome for outcome in decision.outcomes if not outcome.goes_on],
        form=form,
        returning=returning,
        settled=settled,
        may_consider=bool(settled.waiting) and can(policy.run_panel, decision.panel),
        may_settle=may(policy.settle_decision, "approve", decision),
        may_release=may_release,
        ending=endings(decision, clock.now()) if may_release else [],
        may_propose=decision.state is DecisionState.RETURNED and can(policy.propose_decision, decision.panel),
        is_proposer=actor().id == decision.proposed_by_id,
    )
    return page, form.status


@bp.post("/decisions/<reference>/approval")
@permit(policy.settle_decision, find_decision, act=N_("Approve a decision"))
def approve(decision: Decision) -> ResponseReturnValue:
    form = SettledForm(decision)
    form.tell(decision.known(actor().id))
    if not done(form, lambda: decision.approve(by=actor(), at=clock.now(), because=form.reason)):
        return _page(decision, ReturnForm(decision, formdata=None), form)
    flash(
        _("Decision approved. The teams have not been told yet. Tell them the outcome when you are ready."), "success"
    )
    return redirect(url_for(".decision", reference=decision.reference))


@bp.post("/decisions/<reference>/return")
@permit(policy.settle_decision, find_decision, act=N_("Send a decision back"))
def send_back(decision: Decision) -> ResponseReturnValue:
    form = ReturnForm(decision)
    if done(form, lambda: decision.send_back(message=form.message.data, by=actor(), at=clock.now())):
        flash(
            _("Decision sent back with your message. The panel is open again and staff can propose a new decision."),
            "success",
        )
        return redirect(url_for(".decision", reference=decision.reference))
    return _page(decision, form)


@bp.post("/decisions/<reference>/release")
@permit(policy.release_outcomes, find_decision, act=N_("Tell the teams the outcome"))
def release(decision: Decision) -> ResponseReturnValue:
    form = OutcomesForm(decision)
    form.tell(decision.known(actor().id))
    if not done(form, lambda: decision.release(by=actor(), at=clock.now(), because=form.reason)):
        return _page(decision, ReturnForm(decision, formdata=None), form)
    told = ngettext("We’ve told one team the outcome.", "We’ve told %(num)s teams the outcome.", len(decision.outcomes))
    flash(told, "success")
    return redirect(url_for(".decision", reference=decision.reference))
