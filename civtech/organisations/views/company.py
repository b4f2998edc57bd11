"""Pages only for companies: figures, a number that staff accept, and founding one as a person with an idea."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.forms.figures import FiguresForm
from civtech.organisations.forms.organisation import CompanyForm, NumberForm
from civtech.organisations.models import CompanyFigures, IdentifierScheme, Organisation
from civtech.organisations.models.sizes import EUROS_PER_POUND
from civtech.organisations.views.organisations import bp, colleagues_at, find_organisation, refuse_unless_another
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


@bp.route("/<reference>/figures", methods=["GET", "POST"])
@permit(
    policy.state_figures,
    find_organisation,
    act=N_("Enter how big a company is"),
    unbound="It adds the figures that the person types, with their year.",
)
def figures(organisation: Organisation) -> ResponseReturnValue:
    form = FiguresForm(db.session.scalars(queries.figures(organisation)).first())

    def state() -> CompanyFigures:
        year, stated = form.answers()
        return CompanyFigures.state(organisation, stated, year=year, by=actor(), at=clock.now())

    if done(form, state):
        flash(_("Figures saved. The company’s size is worked out from them."), "success")
        return redirect(url_for(".show", reference=organisation.reference))
    page = render_template("organisations/figures.html", form=form, organisation=organisation, rate=EUROS_PER_POUND)
    return page, form.status


@bp.route("/<reference>/company", methods=["GET", "POST"])
@permit(policy.become_company, find_organisation, act=N_("Change from a person with an idea to a company"))
def become_company(organisation: Organisation) -> ResponseReturnValue:
    form = CompanyForm(organisation)

    def become() -> None:
        refuse_unless_another(form, but=organisation)
        organisation.become_company(by=actor(), at=clock.now(), **form.naming())

    if done(form, become):
        flash(_("%(name)s is now a company. Everything you started continues.", name=organisation.name), "success")
        return redirect(url_for(".figures", reference=organisation.reference))
    page = render_template(
        "organisations/become_company.html", form=form, organisation=organisation, colleagues=colleagues_at(form)
    )
    return page, form.status


@bp.route("/<reference>/number", methods=["GET", "POST"])
@permit(policy.accept_number, find_organisation, act=N_("Accept a registration number after checking it"))
def number(organisation: Organisation) -> ResponseReturnValue:
    form = NumberForm(organisation, obj=organisation)

    def accept() -> None:
        organisation.accept_number(
            IdentifierScheme(form.identifier_scheme.data),
            form.identifier_number.data,
            because=form.because.data,
            by=actor(),
            at=clock.now(),
        )

    if done(form, accept):
        flash(_("Number accepted. We’ve saved your reason."), "success")
        return redirect(url_for(".show", reference=organisation.reference))
    return render_template("organisations/number.html", form=form, organisation=organisation), form.status
