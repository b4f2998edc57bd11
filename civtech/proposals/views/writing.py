"""Writing a proposal, one part on each page. If two people edit the same part, neither overwrites the other's text."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core.db import db
from civtech.core.text import N_
from civtech.people.models import User
from civtech.proposals import policy, queries
from civtech.proposals.forms import SectionForm, SummaryForm
from civtech.proposals.models import Proposal, Section
from civtech.proposals.views.finding import bp, find_proposal, find_section
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.display import may
from civtech.web.gate import permit
from civtech.web.transaction import received_at
from civtech.web.translation import gettext as _


def _onwards(proposal: Proposal, after: int) -> ResponseReturnValue:
    """Go to the next part or to the check page after the last one. Or go back to the list, as the button says."""
    flash(_("Your changes are saved."), "success")
    if request.form.get("go") != "next":
        return redirect(url_for(".show", reference=proposal.reference))
    following = next((section for section in proposal.sections if section.position > after), None)
    if following is None:
        return redirect(url_for(".check", reference=proposal.reference))
    return redirect(url_for(".section", reference=proposal.reference, key=following.key))


@bp.get("/proposals/<reference>/summary")
@permit(policy.read_draft, find_proposal, act=N_("View the title and summary of your proposal"))
def summary(proposal: Proposal) -> ResponseReturnValue:
    return _summary_page(proposal, SummaryForm(proposal))


@bp.post("/proposals/<reference>/summary")
@permit(
    policy.write,
    find_proposal,
    act=N_("Write the title and summary of your proposal"),
    unbound="It saves the working copy. The form compares it with what colleagues saved.",
)
def describe(proposal: Proposal) -> ResponseReturnValue:
    queries.hold(proposal.challenge)
    queries.hold_words(proposal)
    form = SummaryForm(proposal)

    def save() -> None:
        proposal.describe(**form.words(), by=actor(), at=received_at())

    if done(form, save):
        return _onwards(proposal, 0)
    return _summary_page(proposal, form), form.status


def _summary_page(proposal: Proposal, form: SummaryForm) -> str:
    return render_template(
        "proposals/summary.html", proposal=proposal, form=form, may_write=_may_write(proposal), parts=_parts(proposal)
    )


@bp.get("/proposals/<reference>/sections/<key>")
@permit(policy.read_section, find_section, act=N_("View a section of your proposal"))
def section(part: Section) -> ResponseReturnValue:
    return _section_page(part, SectionForm(part))


@bp.post("/proposals/<reference>/sections/<key>")
@permit(
    policy.write_section,
    find_section,
    act=N_("Write a section of your proposal"),
    unbound="It saves the working copy. The form compares it with what colleagues saved.",
)
def write(part: Section) -> ResponseReturnValue:
    queries.hold(part.proposal.challenge)
    queries.hold_words(part)
    form = SectionForm(part)

    def save() -> None:
        part.proposal.write(key=part.key, body=form.body.data, by=actor(), at=received_at())

    if done(form, save):
        return _onwards(part.proposal, part.position)
    return _section_page(part, form), form.status


def _section_page(part: Section, form: SectionForm) -> str:
    return render_template(
        "proposals/section.html",
        proposal=part.proposal,
        section=part,
        form=form,
        writer=db.session.get(User, part.written_by_id) if form.saved_meanwhile and part.written_by_id else None,
        may_write=_may_write(part.proposal),
        parts=_parts(part.proposal),
    )


def _may_write(proposal: Proposal) -> bool:
    return may(policy.write, "write", proposal)


def _parts(proposal: Proposal) -> int:
    return 1 + len(proposal.sections)
