"""Programme roles: who holds which, and asking for one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, or_

from civtech.core import clock
from civtech.core.alphabet import folded
from civtech.core.text import N_, Text
from civtech.people.models import ProgrammeRole, User, confirmed_person
from civtech.roles import policy, queries
from civtech.roles.forms import RoleForm, scopes_to_choose
from civtech.roles.models import RoleGrant
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.gate import can, permit
from civtech.web.limits import LISTS, LOOKING, at_most
from civtech.web.pagination import paged
from civtech.web.translation import gettext as _

bp = Blueprint("roles", __name__, url_prefix="/roles")

SHOWN = {
    "standing": (Text(N_("In force, or starting later")), queries.current),
    "waiting": (Text(N_("Waiting for approval by another administrator")), queries.waiting),
    "over": (Text(N_("Ended, expired, refused or withdrawn")), queries.over),
}


@bp.get("")
@permit(policy.see_roles, act=N_("View who has which role in the programme"))
@at_most(LISTS, methods=LOOKING)
def index() -> ResponseReturnValue:
    now = clock.now()
    shown = request.args.get("show", "")
    shown = shown if shown in SHOWN else "standing"
    who = " ".join(request.args.get("person", "").split())
    scopes = {scope.reference or scope.kind.value: (scope, name) for scope, name in scopes_to_choose()}
    wanted = request.args.get("scope", "")
    query = _of(who, queries.visible_to(actor()).where(SHOWN[shown][1](now)))
    if wanted in scopes:
        scope, _name = scopes[wanted]
        query = query.where(RoleGrant.scope_kind == scope.kind, RoleGrant.scope_reference == scope.reference)
    page = paged(query, RoleGrant.id)
    return render_template(
        "roles/roles.html",
        page=page,
        names=queries.names_of(page.rows),
        at=now,
        shown=shown,
        ways={key: label for key, (label, _condition) in SHOWN.items()},
        who=who,
        scopes=scopes,
        wanted=wanted,
        narrowed=bool(who or wanted in scopes),
        may_ask=can(policy.ask_for_role),
    )


def _of(who: str, query: Select[RoleGrant]) -> Select[RoleGrant]:
    """Only people whose name contains these letters, whatever their case and accents, or whose address does."""
    if not who:
        return query
    found, address = folded(who), User.email.contains(who.lower(), autoescape=True)
    like = or_(User.sort_key.contains(found, autoescape=True), address) if found else address
    return query.where(RoleGrant.person.has(like))


@bp.route("/new", methods=["GET", "POST"])
@permit(
    policy.ask_for_role,
    act=N_("Ask for a role in the programme for someone"),
    unbound="The person types whom the role is for, and all about it.",
)
def new() -> ResponseReturnValue:
    form = RoleForm()

    def ask() -> RoleGrant:
        at = clock.now()
        return RoleGrant.ask(confirmed_person(form.email.data), by=actor(), at=at, **form.details(at))

    if asked := made(form, ask):
        flash(_("You’ve asked for the role. Another administrator must approve it before it starts."), "success")
        return redirect(url_for(".show", reference=asked.reference))
    return render_template("roles/role_form.html", form=form, roles=list(ProgrammeRole)), form.status
