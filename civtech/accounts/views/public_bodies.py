"""Public bodies, as programme staff administer them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts import policy, queries
from civtech.accounts.forms.membership import MembershipForm
from civtech.accounts.forms.public_body import NewPublicBodyForm
from civtech.accounts.models import Organisation, OrganisationKind
from civtech.accounts.views.appointing import appoint
from civtech.accounts.views.finding import find_member
from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.gate import permit
from civtech.web.pagination import paged

bp = Blueprint("public_bodies", __name__, url_prefix="/public-bodies")


def find_public_body(reference: str) -> Organisation:
    """The public body with this reference, if the actor may see it."""
    public_body = Organisation.kind == OrganisationKind.PUBLIC_BODY
    return first_or_404(queries.visible_to(actor()).where(public_body, Organisation.reference == reference))


@bp.get("")
@permit(policy.administer_public_bodies)
def index() -> ResponseReturnValue:
    page = paged(queries.public_bodies(), Organisation.id)
    counts = dict(iter(db.session.execute(queries.member_counts(page.rows))))
    return render_template("accounts/public_bodies.html", page=page, counts=counts)


@bp.route("/new", methods=["GET", "POST"])
@permit(policy.administer_public_bodies)
def new() -> ResponseReturnValue:
    form = NewPublicBodyForm()

    def create() -> Organisation:
        return Organisation.create(
            kind=OrganisationKind.PUBLIC_BODY,
            owner=find_member(form.email.data),
            by=actor(),
            at=clock.now(),
            **form.details(),
        )

    if body := made(form, create):
        flash(_("%(name)s is here now. Add the people who act for it.", name=body.name), "success")
        return redirect(url_for(".members", reference=body.reference))
    return render_template("accounts/public_body_form.html", form=form), form.status


@bp.route("/<reference>/members", methods=["GET", "POST"])
@permit(policy.administer_public_bodies, find_public_body)
def members(body: Organisation) -> ResponseReturnValue:
    return appoint(body, MembershipForm(), "accounts/members.html")
