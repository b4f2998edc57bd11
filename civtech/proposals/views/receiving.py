"""Checking the answers, submitting them, and the receipt."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.errors import NotFound, RuleViolation
from civtech.core.text import N_
from civtech.people.models import User
from civtech.proposals import policy, queries
from civtech.proposals.forms import SubmitForm
from civtech.proposals.models import DECLARATION, Proposal, Submission, own_interest
from civtech.proposals.progress import team_progress
from civtech.proposals.views.finding import address_of, bp, find_proposal
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.display import may
from civtech.web.errors import undone
from civtech.web.gate import find_again, permit
from civtech.web.limits import EXPORTS, LOOKING, at_most
from civtech.web.transaction import received_at
from civtech.web.translation import gettext as _


@bp.get("/proposals/<reference>/check")
@permit(policy.read_draft, find_proposal, act=N_("Check your proposal before you submit it"))
def check(proposal: Proposal) -> ResponseReturnValue:
    return _check_page(proposal, SubmitForm(proposal))


@bp.post("/proposals/<reference>/submission")
@permit(policy.submit, find_proposal, act=N_("Submit a proposal"))
def submit(proposal: Proposal) -> ResponseReturnValue:
    queries.hold(proposal.challenge)
    queries.hold_words(proposal)
    form = SubmitForm(proposal)
    if refusal := workflow.refusal(proposal, "submit", received_at(), actor()):
        if refusal.recorded:
            return _late_page(proposal, refusal), refusal.status
        form.refused(refusal)
        return _check_page(proposal, form), form.status
    if not done(form, lambda: proposal.submit(by=actor(), at=received_at())):
        return _check_page(proposal, form), form.status
    flash(
        _(
            "Proposal submitted. This is your receipt, and we’ve emailed your team to confirm it. You can "
            "change or withdraw the proposal until the deadline."
        ),
        "success",
    )
    return redirect(url_for(".receipt", reference=proposal.reference))


def _late_page(proposal: Proposal, late: RuleViolation) -> str:
    """The page after a late attempt. We record the attempt, the text is kept, and earlier submissions still count."""
    attempted_at = received_at()
    undone(late)
    find_again()
    return render_template("proposals/late.html", proposal=proposal, attempted_at=attempted_at)


def _where_to_change(proposal: Proposal) -> dict[str, str]:
    return {part.key: address_of(proposal, step) for step in proposal.steps() for part in step.written}


def _check_page(proposal: Proposal, form: SubmitForm) -> str:
    may_write = may(policy.write, "write", proposal)
    return render_template(
        "proposals/check.html",
        proposal=proposal,
        form=form,
        declaration=DECLARATION,
        change=_where_to_change(proposal) if may_write else {},
        missing=proposal.missing(),
        may_submit=may(policy.submit, "submit", proposal),
        refusal=workflow.why_not(proposal, "submit", clock.now()),
        interest=own_interest(actor(), proposal.challenge),
    )


def _submission(proposal: Proposal) -> Submission:
    """The submission with the number in the URL's `submission`, else the latest."""
    number = request.args.get("submission")
    for submission in reversed(proposal.submissions):
        if number is None or number == str(submission.number):
            return submission
    raise NotFound


@bp.get("/proposals/<reference>/receipt")
@permit(policy.read_draft, find_proposal, act=N_("View the receipt for your proposal"))
def receipt(proposal: Proposal) -> ResponseReturnValue:
    submission = _submission(proposal)
    return render_template(
        "proposals/receipt.html",
        proposal=proposal,
        submission=submission,
        so_far=team_progress([proposal], clock.now())[proposal.id],
        submitted_by=db.session.get(User, submission.submitted_by_id),
    )


@bp.get("/proposals/<reference>/receipt.json")
@permit(policy.read_draft, find_proposal, act=N_("Download the receipt for your proposal"))
@at_most(EXPORTS, methods=LOOKING)
def receipt_json(proposal: Proposal) -> ResponseReturnValue:
    submission = _submission(proposal)
    name = f"{proposal.reference}-receipt-{submission.number}.json"
    return Response(
        submission.canonical,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
