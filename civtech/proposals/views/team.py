"""What a team sees of its proposals: the list, the task list, and withdrawing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, workflow
from civtech.core.text import N_
from civtech.organisations.acting import APPLICANTS, acting_for
from civtech.proposals import policy, queries
from civtech.proposals.forms import WithdrawalForm
from civtech.proposals.models import Proposal
from civtech.proposals.progress import team_progress
from civtech.proposals.views.finding import address_of, bp, find_proposal
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.display import may
from civtech.web.gate import can, permit
from civtech.web.pagination import paged
from civtech.web.transaction import received_at
from civtech.web.translation import gettext as _


@bp.get("/proposals")
@permit(policy.follow, act=N_("View the list of your proposals"))
def mine() -> ResponseReturnValue:
    who = actor()
    acting = None if "all" in request.args else acting_for(who, *APPLICANTS)
    page = paged(queries.of_teams(who, acting), Proposal.id)
    return render_template(
        "proposals/mine.html", page=page, progress=team_progress(page.rows, clock.now()), acting=acting
    )


@bp.get("/proposals/<reference>")
@permit(policy.read, find_proposal, act=N_("View a proposal"))
def show(proposal: Proposal) -> ResponseReturnValue:
    if not can(policy.read_draft, proposal):
        return render_template(
            "proposals/read.html",
            proposal=proposal,
            submission=proposal.received,
            sees_list=can(policy.see_received, proposal.challenge),
        )
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        so_far=team_progress([proposal], clock.now())[proposal.id],
        steps=proposal.steps(),
        address_of=address_of,
        may_write=may(policy.write, "write", proposal),
        may_submit=may(policy.submit, "submit", proposal),
        refusal=workflow.why_not(proposal, "submit", clock.now()) if can(policy.submit, proposal) else None,
        may_withdraw=may(policy.withdraw, "withdraw", proposal),
    )


@bp.get("/proposals/<reference>/withdrawal")
@permit(policy.withdraw, find_proposal, act=N_("View the page for withdrawing a proposal"))
def withdrawal(proposal: Proposal) -> ResponseReturnValue:
    return _withdrawal_page(proposal, WithdrawalForm(proposal))


def _withdrawal_page(proposal: Proposal, form: WithdrawalForm) -> ResponseReturnValue:
    possible = workflow.possible(proposal, "withdraw", clock.now())
    page = render_template("proposals/withdrawal.html", proposal=proposal, possible=possible, form=form)
    return page, form.status


@bp.post("/proposals/<reference>/withdrawal")
@permit(policy.withdraw, find_proposal, act=N_("Withdraw a proposal"))
def withdraw(proposal: Proposal) -> ResponseReturnValue:
    queries.hold(proposal.challenge)
    queries.hold_words(proposal)
    form = WithdrawalForm(proposal)
    if not done(form, lambda: proposal.withdraw(by=actor(), at=received_at())):
        return _withdrawal_page(proposal, form)
    flash(
        _("Proposal withdrawn. No one outside your team has read it. You can submit it again until the deadline."),
        "success",
    )
    return redirect(url_for(".show", reference=proposal.reference))
