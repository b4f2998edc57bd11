"""Writing a proposal, one part a page. Two people in the same part see each other's words; nobody's are overwritten."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts.models import User
from civtech.core import clock, workflow
from civtech.core.db import db
from civtech.core.errors import LostRace, RuleViolation
from civtech.core.text import N_
from civtech.proposals import policy, queries
from civtech.proposals.forms import DraftForm, SectionForm, SummaryForm
from civtech.proposals.models import Proposal, Section, digest_of
from civtech.proposals.views.finding import bp, find_proposal, find_section
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.transaction import received_at

Words = dict[str, str]
MEANWHILE = N_("This was saved after you opened it. Both texts are below: put together what you need and save again.")


def _described(proposal: Proposal) -> Words:
    return {"title": proposal.draft_title, "summary": proposal.draft_summary}


def _refused(form: DraftForm, stands: Words, save: Callable[[], None]) -> int | None:
    """Save what was typed; or the status with which the page comes back, everything typed still there."""
    form.validate()
    typed = {name: form[name].data for name in stands}
    if form.version.data != digest_of(stands) and typed != stands:
        form.theirs = stands
        form.version.data = digest_of(stands)
        form.refused(lost := LostRace(MEANWHILE))
        return lost.status
    try:
        save()
    except RuleViolation as refusal:
        form.refused(refusal)
        return refusal.status
    return None


def _onwards(proposal: Proposal, after: int) -> ResponseReturnValue:
    """To the part after the one at this position, or back to the list, as the pressed button says."""
    flash(_("Saved."), "success")
    if request.form.get("go") != "next":
        return redirect(url_for(".show", reference=proposal.reference))
    following = next((section for section in proposal.sections if section.position > after), None)
    if following is None:
        return redirect(url_for(".check", reference=proposal.reference))
    return redirect(url_for(".section", reference=proposal.reference, key=following.key))


@bp.get("/proposals/<reference>/summary")
@permit(policy.read_draft, find_proposal)
def summary(proposal: Proposal) -> ResponseReturnValue:
    stands = _described(proposal)
    return _summary_page(proposal, SummaryForm(data={**stands, "version": digest_of(dict(stands))}))


@bp.post("/proposals/<reference>/summary")
@permit(policy.write, find_proposal)
def describe(proposal: Proposal) -> ResponseReturnValue:
    form = SummaryForm()
    queries.hold(proposal.challenge)
    queries.hold_words(proposal)

    def save() -> None:
        proposal.describe(title=form.title.data, summary=form.summary.data, by=actor(), at=received_at())

    if status := _refused(form, _described(proposal), save):
        return _summary_page(proposal, form), status
    return _onwards(proposal, 0)


def _summary_page(proposal: Proposal, form: SummaryForm) -> str:
    return render_template(
        "proposals/summary.html", proposal=proposal, form=form, may_write=_may_write(proposal), parts=_parts(proposal)
    )


@bp.get("/proposals/<reference>/sections/<key>")
@permit(policy.read_section, find_section)
def section(part: Section) -> ResponseReturnValue:
    stands = {"body": part.body}
    return _section_page(part, SectionForm(part.template, data={**stands, "version": digest_of(dict(stands))}))


@bp.post("/proposals/<reference>/sections/<key>")
@permit(policy.write_section, find_section)
def write(part: Section) -> ResponseReturnValue:
    form = SectionForm(part.template)
    queries.hold(part.proposal.challenge)
    queries.hold_words(part)

    def save() -> None:
        part.proposal.write(key=part.key, body=form.body.data, by=actor(), at=received_at())

    if status := _refused(form, {"body": part.body}, save):
        return _section_page(part, form), status
    return _onwards(part.proposal, part.position)


def _section_page(part: Section, form: SectionForm) -> str:
    return render_template(
        "proposals/section.html",
        proposal=part.proposal,
        section=part,
        form=form,
        writer=db.session.get(User, part.written_by_id) if form.theirs and part.written_by_id else None,
        may_write=_may_write(part.proposal),
        parts=_parts(part.proposal),
    )


def _may_write(proposal: Proposal) -> bool:
    return can(policy.write, proposal) and workflow.possible(proposal, "write", clock.now())


def _parts(proposal: Proposal) -> int:
    return 1 + len(proposal.sections)
