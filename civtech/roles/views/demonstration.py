"""Sign in as an example person with one click. These addresses do not exist unless the demonstration is on."""

from collections import defaultdict
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user

from civtech.core.db import db, first_or_404
from civtech.core.text import N_, Text
from civtech.organisations.models import OrganisationKind
from civtech.people import queries as people
from civtech.people.demonstration import DOMAIN
from civtech.people.models import ProgrammeRole, User
from civtech.roles.queries import names_of
from civtech.web.actor import actor
from civtech.web.gate import public
from civtech.web.translation import gettext as _

GROUPS: tuple[tuple[Text, Callable[[User], bool]], ...] = (
    (Text(N_("Administrators")), lambda person: bool(person.reach(ProgrammeRole.ADMINISTRATOR))),
    (Text(N_("Programme staff")), lambda person: bool(person.reach(ProgrammeRole.STAFF))),
    (Text(N_("Finance")), lambda person: bool(person.reach(ProgrammeRole.FINANCE))),
    (Text(N_("Panel secretaries")), lambda person: bool(person.reach(ProgrammeRole.SECRETARY))),
    (Text(N_("Auditors")), lambda person: bool(person.reach(ProgrammeRole.AUDITOR))),
    (Text(N_("Sponsors")), lambda person: bool(person.organisations(OrganisationKind.PUBLIC_BODY))),
    (Text(N_("Judges")), lambda person: person.email.startswith("judge")),
    (Text(N_("Applicants")), lambda _person: True),
)

bp = Blueprint("demonstration", __name__)


def _by_role(invented: list[User]) -> list[tuple[Text, list[User]]]:
    groups: dict[int, list[User]] = defaultdict(list)
    for person in invented:
        groups[next(number for number, (_title, belongs) in enumerate(GROUPS) if belongs(person))].append(person)
    return [(GROUPS[number][0], groups[number]) for number in sorted(groups)]


@bp.get("/demo")
@public("Only in a demonstration. It lists the example people.", act=N_("View the example people"))
def index() -> ResponseReturnValue:
    invented = db.session.scalars(people.demonstration_people(DOMAIN)).unique().all()
    names = names_of(grant for person in invented for grant in person.granted_roles)
    return render_template("demo/sign_in.html", groups=_by_role(list(invented)), names=names)


@bp.post("/demo/session")
@public(
    "Only in a demonstration. It signs you in as one of the example people.",
    act=N_("Sign in as an example person"),
    unbound="It signs someone in.",
)
def begin() -> ResponseReturnValue:
    person = first_or_404(
        people.demonstration_people(DOMAIN).where(User.reference == request.form.get("person", ""), User.active)
    )
    if actor().is_authenticated:
        logout_user()
    login_user(person, authn_via=["demonstration"])
    flash(_("You are signed in as %(name)s.", name=person.name), "success")
    return redirect(url_for("people.home"))
