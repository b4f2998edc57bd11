"""The people of a company, as its owners add them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts import policy, queries
from civtech.accounts.forms.membership import CompanyMembershipForm
from civtech.accounts.models import MemberRole, Organisation
from civtech.accounts.views.finding import find_member
from civtech.accounts.views.organisations import bp, find_organisation
from civtech.core import clock
from civtech.core.db import db
from civtech.core.errors import RuleViolation
from civtech.web.actor import actor
from civtech.web.gate import permit


@bp.route("/<reference>/members", methods=["GET", "POST"])
@permit(policy.add_to_company, find_organisation)
def members(company: Organisation) -> ResponseReturnValue:
    form = CompanyMembershipForm()
    if form.validate_on_submit():
        try:
            person = find_member(form.email.data)
            company.appoint(person, MemberRole(form.role.data), by=actor(), at=clock.now())
        except RuleViolation as violation:
            form.refused(violation)
        else:
            flash(_("%(name)s acts for %(body)s now.", name=person.name, body=company.name), "success")
            return redirect(url_for(".members", reference=company.reference))
    people = db.session.execute(queries.members(company)).all()
    return (
        render_template("accounts/company_members.html", form=form, organisation=company, members=people),
        422 if form.errors else 200,
    )
