"""Public bodies, as programme staff manage them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.forms.public_body import NewPublicBodyForm
from civtech.organisations.models import Invitation, MemberRole, Organisation, OrganisationKind
from civtech.organisations.views.organisations import refuse_unless_another
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.gate import permit
from civtech.web.pagination import paged
from civtech.web.translation import gettext as _

bp = Blueprint("public_bodies", __name__, url_prefix="/public-bodies")


@bp.get("")
@permit(policy.administer_public_bodies, act=N_("View the list of public bodies"))
def index() -> ResponseReturnValue:
    page = paged(queries.public_bodies(), Organisation.id)
    counts = dict(iter(db.session.execute(queries.member_counts([body.id for body in page.rows]))))
    return render_template("organisations/public_bodies.html", page=page, counts=counts)


@bp.route("/new", methods=["GET", "POST"])
@permit(policy.administer_public_bodies, act=N_("Add a public body"), unbound="It creates what the person types.")
def new() -> ResponseReturnValue:
    form = NewPublicBodyForm()

    def create() -> Organisation:
        refuse_unless_another(form)
        body = Organisation.create(kind=OrganisationKind.PUBLIC_BODY, by=actor(), at=clock.now(), **form.details())
        Invitation.send(body, form.email.data, MemberRole.OWNER, by=actor(), at=clock.now())
        return body

    if body := made(form, create):
        flash(_("%(name)s added. We’ve emailed an invitation to its first owner.", name=body.name), "success")
        return redirect(url_for("organisations.members", reference=body.reference))
    return render_template("organisations/public_body_form.html", form=form), form.status
