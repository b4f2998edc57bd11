"""A grant of a programme role: approve it, refuse it, withdraw the request or end it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.core.workflow import possible
from civtech.roles import policy, queries
from civtech.roles.forms import RefusalForm
from civtech.roles.models import GrantState, RoleGrant
from civtech.roles.models.bound import granted
from civtech.roles.views.roles import bp
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.display import may
from civtech.web.forms import SeenForm
from civtech.web.gate import can, permit
from civtech.web.translation import gettext as _


def find_grant(reference: str) -> RoleGrant:
    """The grant with this reference, if the actor may see it."""
    return first_or_404(queries.visible_to(actor()).where(RoleGrant.reference == reference))


@bp.get("/<reference>")
@permit(policy.see_grant, find_grant, act=N_("View a role in the programme"))
def show(grant: RoleGrant) -> ResponseReturnValue:
    return _page(grant)


def _form(grant: RoleGrant) -> SeenForm:
    return SeenForm(grant, lambda: granted(grant, _scope_of(grant), reason=can(policy.see_roles)))


def _scope_of(grant: RoleGrant) -> str:
    return queries.names_of([grant]).get(grant.scope_reference, grant.scope_reference)


def _page(grant: RoleGrant, form: SeenForm | None = None) -> str:
    now = clock.now()
    waits = grant.state is GrantState.WAITING
    return render_template(
        "roles/role.html",
        grant=grant,
        phase=grant.phase(now),
        name=_scope_of(grant),
        is_own=grant.user_id == actor().id,
        form=form or _form(grant),
        may_approve=may(policy.decide_grant, "approve", grant),
        may_refuse=may(policy.decide_grant, "refuse", grant),
        may_take_back=may(policy.take_back_grant, "take_back", grant),
        may_end=may(policy.end_grant, "end", grant),
        needs_another=waits and can(policy.ask_for_role) and not can(policy.decide_grant, grant),
        sees_all=can(policy.see_roles),
    )


@bp.post("/<reference>/approval")
@permit(policy.decide_grant, find_grant, act=N_("Approve a role in the programme"))
def approve(grant: RoleGrant) -> ResponseReturnValue:
    form = _form(grant)
    if not done(form, lambda: grant.approve(by=actor(), at=clock.now())):
        return _page(grant, form), form.status
    flash(
        _("Role approved. %(person)s can use it from its start date. We’ve emailed them.", person=grant.person.name),
        "success",
    )
    return redirect(url_for(".show", reference=grant.reference))


@bp.route("/<reference>/refusal", methods=["GET", "POST"])
@permit(policy.decide_grant, find_grant, act=N_("Refuse a role in the programme"))
def refuse(grant: RoleGrant) -> ResponseReturnValue:
    form = RefusalForm(grant, lambda: granted(grant, _scope_of(grant), reason=can(policy.see_roles)))
    if not form.is_submitted() and not possible(grant, "refuse", clock.now()):
        return redirect(url_for(".show", reference=grant.reference))
    if done(form, lambda: grant.refuse(message=form.message.data, by=actor(), at=clock.now())):
        flash(_("Role refused, so it was not granted. We’ve emailed the administrator who asked for it."), "success")
        return redirect(url_for(".show", reference=grant.reference))
    return render_template("roles/role_refusal.html", form=form, grant=grant), form.status


@bp.post("/<reference>/withdrawal")
@permit(policy.take_back_grant, find_grant, act=N_("Withdraw a request for a role in the programme"))
def take_back(grant: RoleGrant) -> ResponseReturnValue:
    form = _form(grant)
    if not done(form, lambda: grant.take_back(by=actor(), at=clock.now())):
        return _page(grant, form), form.status
    flash(_("Request withdrawn. The role was not granted."), "success")
    return redirect(url_for(".show", reference=grant.reference))


@bp.post("/<reference>/end")
@permit(policy.end_grant, find_grant, act=N_("End someone’s role in the programme, or give up your own"))
def end(grant: RoleGrant) -> ResponseReturnValue:
    is_own, person = grant.user_id == actor().id, grant.person.name
    form = _form(grant)
    if not done(form, lambda: grant.end(by=actor(), at=clock.now())):
        return _page(grant, form), form.status
    if is_own:
        flash(_("You’ve given up the role."), "success")
        return redirect(url_for("people.account"))
    flash(_("Role ended. %(person)s can no longer use it. We’ve emailed them.", person=person), "success")
    return redirect(url_for(".show", reference=grant.reference))
