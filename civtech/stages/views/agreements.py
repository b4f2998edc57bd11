"""The page of an agreement, and ending it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.proposals import queries as proposals
from civtech.rights import wording
from civtech.stages import policy
from civtech.stages.models import AgreementState, StageAgreement
from civtech.stages.models.bound import concluded, facts_of, withdrawn
from civtech.stages.views.blueprint import bp, find_agreement
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import Form, SeenForm
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.get("/agreements/<reference>")
@permit(policy.read, find_agreement, act=N_("View a stage agreement"))
def agreement(agreement: StageAgreement) -> ResponseReturnValue:
    return page_of(agreement)


def page_of(agreement: StageAgreement, form: Form | None = None) -> str:
    """Show the agreement; `form` is a refused form to show again with its errors."""
    left = agreement.budget_left() if agreement.state is AgreementState.DRAFT else None
    return render_template(
        "stages/agreement.html",
        agreement=agreement,
        form=form,
        facts_of=facts_of,
        concluded=concluded,
        withdrawn=withdrawn,
        left=left,
        lines=wording.certificate_lines(agreement.statement),
        policy=policy,
        may_read=proposals.is_readable(actor(), agreement.proposal),
    )


@bp.post("/agreements/<reference>/completion")
@permit(policy.change, find_agreement, act=N_("Complete a stage agreement"))
def conclude(agreement: StageAgreement) -> ResponseReturnValue:
    form = SeenForm(agreement, lambda: concluded(agreement))
    if not done(form, lambda: agreement.conclude(by=actor(), at=clock.now())):
        return page_of(agreement, form), form.status
    flash(_("Agreement completed. Money for accepted milestones will still be released and paid."), "success")
    return redirect(url_for(".agreement", reference=agreement.reference))
