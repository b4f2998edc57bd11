"""Choosing for whom one acts now."""

from flask import Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.accounts import policy
from civtech.accounts.acting import act_for, acting_for
from civtech.accounts.forms.membership import ActingForm
from civtech.accounts.models import Organisation
from civtech.accounts.views.account import bp
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.gate import permit


@bp.route("/account/acting-for", methods=["GET", "POST"])
@permit(policy.use_account)
def acting() -> ResponseReturnValue:
    who = actor()
    mine = who.organisations()
    form = ActingForm(mine, acting_for(who))
    if done(form, lambda: act_for(_named(mine, form.organisation.data))):
        chosen = acting_for(who)
        flash(
            _("You act for %(name)s now.", name=chosen.name) if chosen else _("You see all your organisations."),
            "success",
        )
        return redirect(url_for("accounts.home"))
    return render_template("accounts/acting.html", form=form, organisations=mine), form.status


def _named(organisations: list[Organisation], reference: str) -> Organisation | None:
    return next((one for one in organisations if one.reference == reference), None)


def init(app: Flask) -> None:
    """Let every page say for whom one acts, and lead to this one; only where there is a choice."""
    app.jinja_env.globals.update(
        acts_for_several=lambda: len(actor().organisations()) > 1,
        acting_for=lambda: acting_for(actor()),
    )
