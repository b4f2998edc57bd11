"""Changing your email address: requested here, confirmed from both the old and the new address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db
from civtech.core.text import N_
from civtech.people import policy
from civtech.people.forms.person import AddressForm
from civtech.people.models import AddressChange
from civtech.people.models.address_change import waiting_change
from civtech.people.models.bound import addressed
from civtech.people.sign_in.mailbox_links import told_by
from civtech.people.views.account import bp
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import SeenForm
from civtech.web.gate import permit, public
from civtech.web.limits import at_most, network
from civtech.web.translation import gettext as _


@bp.route("/account/address", methods=["GET", "POST"])
@permit(
    policy.change_sign_in,
    act=N_("Ask to change your email address"),
    unbound="The person types the address. Both addresses confirm it.",
)
@at_most("5/minute;20/hour")
def address() -> ResponseReturnValue:
    at = clock.now()
    person, form = actor(), AddressForm()
    if done(form, lambda: AddressChange.ask(person, form.email.data, at=at)):
        flash(
            _("We’ve sent two emails. Your email address will change when you have opened the link in both."), "success"
        )
        return redirect(url_for("people.address"))
    return _page(form)


def _page(form: AddressForm, refused: SeenForm | None = None) -> ResponseReturnValue:
    """The address, and the change that is waiting. `refused` is the form to keep the address, with its errors."""
    person = actor()
    page = render_template(
        "people/address.html",
        form=refused or form,
        asking=form,
        person=person,
        waiting=db.session.scalar(waiting_change(person, clock.now())),
        addressed=addressed,
    )
    return page, (refused or form).status


@bp.post("/account/address/end")
@permit(policy.use_account, act=N_("Keep your current email address"))
def keep_address() -> ResponseReturnValue:
    if waiting := db.session.scalar(waiting_change(actor(), clock.now())):
        form = SeenForm(waiting, lambda: addressed(waiting))
        if not done(form, lambda: waiting.drop(at=clock.now())):
            return _page(AddressForm(formdata=None), form)
    flash(_("Your email address stays the same."), "success")
    return redirect(url_for("people.account"))


@bp.route("/address/<secret>", methods=["GET", "POST"])
@public("Opens only with the secret link from an email.", act=N_("Confirm a change of email address"))
@at_most("30/minute;300/hour", by=network)
def say_yes(secret: str) -> ResponseReturnValue:
    """Confirm with a button: email scanners open links, so opening one must change nothing."""
    change, mailbox = told_by(secret)
    at = clock.now()
    form = SeenForm(change, lambda: addressed(change))
    changed: list[bool] = []
    if done(form, lambda: changed.append(change.say_yes(mailbox, at=at))):
        return render_template("people/address_confirmed.html", change=change, changed=changed[0])
    page = render_template("people/address_change.html", form=form, change=change, is_open=change.is_open(at))
    return page, form.status
