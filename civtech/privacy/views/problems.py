"""Accessibility problems: anyone reports them, the programme deals with them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.privacy import policy, queries
from civtech.privacy.forms import ProblemForm
from civtech.privacy.models import ProblemReport
from civtech.privacy.models.bound import dealt_with
from civtech.privacy.views.blueprint import bp
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from civtech.web.gate import permit, public
from civtech.web.limits import at_most, network
from civtech.web.pagination import paged
from civtech.web.translation import gettext as _


@bp.route("/accessibility/problems/new", methods=["GET", "POST"])
@public(
    N_("People who cannot use a page may not be able to sign in either."),
    act=N_("Report an accessibility problem"),
    unbound="It sends what the person types.",
)
@at_most("5/hour", by=network)
def report_problem() -> ResponseReturnValue:
    form, who = ProblemForm(), actor()

    def make() -> ProblemReport:
        return ProblemReport.make(
            words=form.words.data,
            page=form.page.data,
            email=form.email.data,
            by=who if who.is_authenticated else None,
            at=clock.now(),
        )

    if report := made(form, make):
        flash(
            _(
                "Thank you. Your report number is %(reference)s. Programme staff will read your report.",
                reference=report.reference,
            ),
            "success",
        )
        return redirect(url_for(".accessibility"))
    return render_template("privacy/report_problem.html", form=form), form.status


@bp.get("/accessibility/problems")
@permit(policy.look_after_problems, act=N_("View reported problems"))
def problems() -> ResponseReturnValue:
    return _page()


def _page(refused: SeenForm | None = None) -> str:
    page = paged(queries.problems(actor()), ProblemReport.id)
    return render_template("privacy/problems.html", form=refused, page=page, dealt_with=dealt_with)


def find_report(reference: str) -> ProblemReport:
    """Return a report, if the actor looks after them."""
    return first_or_404(queries.problems(actor()).where(ProblemReport.reference == reference))


@bp.post("/accessibility/problems/<reference>/completion")
@permit(policy.look_after_problems, find_report, act=N_("Mark a reported problem as dealt with"))
def deal_with_problem(report: ProblemReport) -> ResponseReturnValue:
    form = SeenForm(report, lambda: dealt_with(report))
    if not done(form, lambda: report.deal_with(by=actor(), at=clock.now())):
        return _page(form), form.status
    flash(_("%(reference)s marked as dealt with.", reference=report.reference), "success")
    return redirect(url_for(".problems"))
