"""The pages “Needs your attention” and “Your account”."""

from collections.abc import Iterable
from functools import partial

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_, Text
from civtech.people import policy, queries
from civtech.people.forms.person import NameForm
from civtech.people.sign_in import confirming
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit, public
from civtech.web.registries import first_steps
from civtech.web.tasks import Task, tasks
from civtech.web.translation import gettext as _

bp = Blueprint("people", __name__)


def _grouped(waiting: Iterable[Task]) -> list[tuple[Text, list[Task]]]:
    """The tasks by group, starting with the group that has the most urgent task."""
    groups: dict[str, tuple[Text, list[Task]]] = {}
    for task in waiting:
        groups.setdefault(task.group.message, (task.group, []))[1].append(task)
    return list(groups.values())


@bp.get("/home")
@permit(policy.use_account, act=N_("View what needs your attention"))
def home() -> ResponseReturnValue:
    who = actor()
    return render_template(
        "people/home.html", person=who, groups=_grouped(tasks(who, clock.now())), first_steps=partial(first_steps, who)
    )


@bp.get("/account")
@permit(policy.use_account, act=N_("View your account"))
def account() -> ResponseReturnValue:
    who = actor()
    return render_template("people/account.html", person=who, passkeys=db.session.scalars(queries.passkeys(who)).all())


@bp.route("/account/name", methods=["GET", "POST"])
@permit(policy.use_account, act=N_("Change your name"), unbound="The person types their own name.")
def name() -> ResponseReturnValue:
    person = actor()
    form = NameForm(data={"name": person.name})
    if done(form, lambda: person.rename(form.name.data, by=person, at=clock.now())):
        flash(_("Your name has been changed."), "success")
        return redirect(url_for("people.account"))
    return render_template("people/name.html", form=form), form.status


@bp.get("/check-your-mail")
@public(
    "Says that an email may have been sent. It says the same to everyone.",
    act=N_("View the reminder to check your email"),
)
def check_mail() -> ResponseReturnValue:
    page = make_response(render_template("people/check_mail.html", awaited=confirming.awaited()))
    page.headers["Cache-Control"] = "no-store"
    return page
