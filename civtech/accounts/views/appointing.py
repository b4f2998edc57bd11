"""Adding people to an organisation: one page of members with its form, for public bodies and for companies."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts import queries
from civtech.accounts.forms.membership import CompanyMembershipForm, MembershipForm
from civtech.accounts.models import MemberRole, Organisation, User
from civtech.accounts.views.finding import find_member
from civtech.core import clock
from civtech.core.db import db
from civtech.web.actor import actor
from civtech.web.attempts import made


def appoint(
    organisation: Organisation, form: MembershipForm | CompanyMembershipForm, template: str
) -> ResponseReturnValue:
    """Appoint whom `form` names, or show the members with what was refused."""

    def bring_in() -> User:
        person = find_member(form.email.data)
        organisation.appoint(person, MemberRole(form.role.data), by=actor(), at=clock.now())
        return person

    if person := made(form, bring_in):
        flash(_("%(name)s acts for %(body)s now.", name=person.name, body=organisation.name), "success")
        return redirect(url_for(".members", reference=organisation.reference))
    people = db.session.execute(queries.members(organisation)).all()
    page = render_template(template, form=form, organisation=organisation, members=people)
    return page, form.status
