"""Checking the answers, submitting them, and the receipt."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts.models import User
from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.errors import LostRace, NotFound, RuleViolation, WrongState
from civtech.core.text import N_
from civtech.proposals import policy, queries
from civtech.proposals.forms import SubmitForm
from civtech.proposals.models import DECLARATION, Proposal, Submission, digest_of
from civtech.proposals.views.finding import bp, find_proposal
from civtech.web import errors
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.transaction import received_at

CHANGED = N_("Somebody of your team changed the proposal after you opened this page. Check it again, then submit it.")


@bp.get("/proposals/<reference>/check")
@permit(policy.read_draft, find_proposal)
def check(proposal: Proposal) -> ResponseReturnValue:
    return _check_page(proposal, SubmitForm())


@bp.post("/proposals/<reference>/submission")
@permit(policy.submit, find_proposal)
def submit(proposal: Proposal) -> ResponseReturnValue:
    form = SubmitForm()
    queries.hold(proposal.challenge)
    queries.hold_words(proposal)
    in_time = workflow.possible(proposal, "submit", received_at())
    if in_time and not form.validate_on_submit():
        return _check_page(proposal, form), 422
    try:
        if in_time and form.checked.data != digest_of(proposal.words()):
            raise LostRace(CHANGED)
        proposal.submit(by=actor(), at=received_at())
    except WrongState as late:
        return _late_page(proposal, late), late.status
    except RuleViolation as refusal:
        form.refused(refusal)
        return _check_page(proposal, form), refusal.status
    flash(_("Your proposal is submitted. This is your receipt."), "success")
    return redirect(url_for(".receipt", reference=proposal.reference))


def _late_page(proposal: Proposal, late: WrongState) -> str:
    """The attempt is on record, the words are kept; what was received in time still counts."""
    attempted_at = received_at()
    errors.record(late)
    return render_template("proposals/late.html", proposal=proposal, attempted_at=attempted_at)


def _check_page(proposal: Proposal, form: SubmitForm) -> str:
    form.checked.data = digest_of(proposal.words())
    return render_template(
        "proposals/check.html",
        proposal=proposal,
        form=form,
        declaration=DECLARATION,
        missing=proposal.missing(),
        may_write=can(policy.write, proposal) and workflow.possible(proposal, "write", clock.now()),
        may_submit=can(policy.submit, proposal) and workflow.possible(proposal, "submit", clock.now()),
    )


def _submission(proposal: Proposal) -> Submission:
    """The submission that the URL's `submission` numbers, else the latest."""
    number = request.args.get("submission")
    for submission in reversed(proposal.submissions):
        if number is None or number == str(submission.number):
            return submission
    raise NotFound


@bp.get("/proposals/<reference>/receipt")
@permit(policy.read_draft, find_proposal)
def receipt(proposal: Proposal) -> ResponseReturnValue:
    submission = _submission(proposal)
    return render_template(
        "proposals/receipt.html",
        proposal=proposal,
        submission=submission,
        opening=db.session.scalar(queries.opening_of(proposal.challenge)),
        submitted_by=db.session.get(User, submission.submitted_by_id),
    )


@bp.get("/proposals/<reference>/receipt.json")
@permit(policy.read_draft, find_proposal)
def receipt_json(proposal: Proposal) -> ResponseReturnValue:
    submission = _submission(proposal)
    name = f"{proposal.reference}-receipt-{submission.number}.json"
    return Response(
        submission.canonical,
        mimetype="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
