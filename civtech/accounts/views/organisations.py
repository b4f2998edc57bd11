"""Organisations, as their members see them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts import policy, queries
from civtech.accounts.forms.organisation import NewOrganisationForm, OrganisationForm
from civtech.accounts.forms.public_body import PublicBodyDetailsForm
from civtech.accounts.models import Organisation, OrganisationKind
from civtech.accounts.sign_in.next_page import is_own_path
from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.gate import can, permit

bp = Blueprint("organisations", __name__, url_prefix="/organisations")


def find_organisation(reference: str) -> Organisation:
    """The organisation, if the actor may see it."""
    return first_or_404(queries.visible_to(actor()).where(Organisation.reference == reference))


@bp.route("/new", methods=["GET", "POST"])
@permit(policy.create_organisation)
def new() -> ResponseReturnValue:
    form = NewOrganisationForm()

    def create() -> Organisation:
        return Organisation.create(kind=form.kind_now(), by=actor(), at=clock.now(), **form.details())

    if organisation := made(form, create):
        flash(_("%(name)s is here now. You are its owner.", name=organisation.name), "success")
        back = request.args.get("next", "")
        return redirect(back if is_own_path(back) else url_for(".show", reference=organisation.reference))
    return render_template("accounts/organisation_form.html", form=form, organisation=None), form.status


@bp.get("/<reference>")
@permit(policy.see_organisation, find_organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    return render_template(
        "accounts/organisation.html",
        organisation=organisation,
        members=db.session.execute(queries.members(organisation)).all(),
        may_change=can(policy.change_organisation, organisation),
        may_manage=can(policy.manage_members, organisation),
    )


@bp.route("/<reference>/edit", methods=["GET", "POST"])
@permit(policy.change_organisation, find_organisation)
def edit(organisation: Organisation) -> ResponseReturnValue:
    form = _form_for(organisation)

    def change() -> None:
        organisation.change(by=actor(), at=clock.now(), **{"trading_name": None, "size": None, **form.details()})

    if done(form, change):
        flash(_("The details are changed."), "success")
        return redirect(url_for(".show", reference=organisation.reference))
    return render_template("accounts/organisation_form.html", form=form, organisation=organisation), form.status


def _form_for(organisation: Organisation) -> OrganisationForm | PublicBodyDetailsForm:
    if organisation.kind is OrganisationKind.PUBLIC_BODY:
        return PublicBodyDetailsForm(obj=organisation)
    return OrganisationForm(organisation)
