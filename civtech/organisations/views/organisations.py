"""Organisations, as their members see them."""

from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.forms.organisation import NewOrganisationForm, OrganisationForm
from civtech.organisations.forms.public_body import ChangedPublicBodyForm
from civtech.organisations.models import Organisation, OrganisationKind, likeness
from civtech.organisations.models.name_keys import lookalikes
from civtech.people.sign_in.next_page import is_own_path
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import Form
from civtech.web.gate import can, permit
from civtech.web.translation import gettext as _

bp = Blueprint("organisations", __name__, url_prefix="/organisations")


class NamesForm(Protocol):
    """A form with names, which asks whether they belong to a different organisation than a similar one."""

    is_another: BooleanField

    @property
    def names(self) -> tuple[str | None, ...]: ...


def find_organisation(reference: str) -> Organisation:
    """The organisation, if the actor may see it."""
    return first_or_404(queries.visible_to(actor()).where(Organisation.reference == reference))


def refuse_unless_another(form: NamesForm, *, but: Organisation | None = None) -> None:
    """Ask once, before saving a name that is similar to another; `form` has the answer if there is one."""
    likeness.refuse_unless_another(*form.names, but=but, is_another=bool(form.is_another.data))


def colleagues_at(form: NamesForm) -> list[Organisation]:
    """The organisations with a similar name that the actor may ask to join. Only colleagues learn their names."""
    if not form.is_another.errors:
        return []
    alike = queries.joinable(actor()).where(Organisation.id.in_(likeness.like(*form.names)))
    return list(db.session.scalars(alike))


@bp.route("/new", methods=["GET", "POST"])
@permit(
    policy.create_organisation,
    act=N_("Add a company, or yourself as a person with an idea"),
    unbound="It creates what the person types.",
)
def new() -> ResponseReturnValue:
    form = NewOrganisationForm()

    def create() -> Organisation:
        if form.kind_now() is OrganisationKind.COMPANY:
            refuse_unless_another(form)
        return Organisation.create(kind=form.kind_now(), by=actor(), at=clock.now(), **form.details())

    if organisation := made(form, create):
        flash(_("%(name)s created. You are its owner.", name=organisation.name), "success")
        return redirect(_after_creating(organisation))
    return _form_page(form, None), form.status


def _after_creating(organisation: Organisation) -> str:
    """Return to the page the person came from. Otherwise, a company enters its figures next."""
    back = request.args.get("next", "")
    if is_own_path(back):
        return back
    step = ".figures" if organisation.kind is OrganisationKind.COMPANY else ".show"
    return url_for(step, reference=organisation.reference)


@bp.get("/<reference>")
@permit(policy.see_organisation, find_organisation, act=N_("View the details of an organisation"))
def show(organisation: Organisation) -> ResponseReturnValue:
    return page_of(organisation)


def page_of(organisation: Organisation, form: Form | None = None) -> ResponseReturnValue:
    """The details of the organisation. `form` has the errors, if that is why we show them again."""
    looks_on = actor().is_staff or actor().is_auditor
    page = render_template(
        "organisations/organisation.html",
        organisation=organisation,
        form=form,
        members=db.session.execute(queries.members(organisation)).all(),
        figures=db.session.scalars(queries.figures(organisation)).first(),
        lookalikes=lookalikes(f"{organisation.legal_name} {organisation.trading_name or ''}") if looks_on else [],
        looks_on=looks_on,
        may_change=can(policy.change_organisation, organisation),
        may_manage=can(policy.manage_members, organisation),
        may_state_figures=can(policy.state_figures, organisation),
        may_become_company=can(policy.become_company, organisation),
        may_accept_number=can(policy.accept_number, organisation),
    )
    return page, form.status if form else 200


@bp.route("/<reference>/edit", methods=["GET", "POST"])
@permit(policy.change_organisation, find_organisation, act=N_("Change the details of an organisation"))
def edit(organisation: Organisation) -> ResponseReturnValue:
    form = _form_for(organisation)

    def change() -> None:
        details = form.details()
        renamed = (details["legal_name"], details["trading_name"]) != (
            organisation.legal_name,
            organisation.trading_name,
        )
        if renamed and organisation.kind is not OrganisationKind.INDIVIDUAL:
            refuse_unless_another(form, but=organisation)
        organisation.change(by=actor(), at=clock.now(), **details)

    if done(form, change):
        flash(_("Details saved."), "success")
        return redirect(url_for(".show", reference=organisation.reference))
    return _form_page(form, organisation), form.status


def _form_page(form: NamesForm, organisation: Organisation | None) -> str:
    return render_template(
        "organisations/organisation_form.html", form=form, organisation=organisation, colleagues=colleagues_at(form)
    )


def _form_for(organisation: Organisation) -> OrganisationForm | ChangedPublicBodyForm:
    if organisation.kind is OrganisationKind.PUBLIC_BODY:
        return ChangedPublicBodyForm(organisation)
    return OrganisationForm(organisation)
