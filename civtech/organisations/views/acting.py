"""Choosing which organisation you act for."""

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core.text import N_
from civtech.organisations.acting import act_for, acting_for
from civtech.organisations.forms.membership import ActingForm
from civtech.organisations.models import Organisation
from civtech.people import policy as people
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit
from civtech.web.translation import gettext as _

bp = Blueprint("acting", __name__)


@bp.route("/account/acting-for", methods=["GET", "POST"])
@permit(
    people.use_account,
    act=N_("Choose which organisation you act for"),
    unbound="It changes what the person sees first, and nothing for others.",
)
def choose() -> ResponseReturnValue:
    who = actor()
    organisations = who.organisations()
    form = ActingForm(organisations, acting_for(who))
    if done(form, lambda: act_for(_named(organisations, form.organisation.data))):
        chosen = acting_for(who)
        flash(
            _("You now act for %(name)s.", name=chosen.name) if chosen else _("You now see all your organisations."),
            "success",
        )
        return redirect(url_for("people.home"))
    return render_template("organisations/acting.html", form=form, organisations=organisations), form.status


def _named(organisations: list[Organisation], reference: str) -> Organisation | None:
    return next((each for each in organisations if each.reference == reference), None)


def init(app: Flask) -> None:
    """Let every page show the organisation you act for, with a link to this one. Only where there is a choice."""
    app.jinja_env.globals.update(
        acts_for_several=lambda: len(actor().organisations()) > 1,
        acting_for=lambda: acting_for(actor()),
    )
