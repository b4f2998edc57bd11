"""An invitation, as the invited person sees it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, workflow
from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.models import Invitation
from civtech.organisations.models.bound import invited
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import SeenForm
from civtech.web.gate import can, permit
from civtech.web.translation import gettext as _

bp = Blueprint("invitations", __name__, url_prefix="/invitations")


def find_invitation(reference: str) -> Invitation:
    """The invitation with this reference, known only from its email. Its page reveals nothing of it to others."""
    return first_or_404(queries.invitation(reference))


@bp.get("/<reference>")
@permit(policy.open_invitation, find_invitation, act=N_("View an invitation"))
def show(invitation: Invitation) -> ResponseReturnValue:
    return _page(invitation)


def _page(invitation: Invitation, refused: SeenForm | None = None) -> ResponseReturnValue:
    if not can(policy.answer_invitation, invitation):
        return render_template("organisations/foreign_invitation.html", person=actor()), 403
    refusal = workflow.refusal(invitation, "accept", clock.now(), actor())
    form = refused or _form(invitation)
    page = render_template("organisations/invitation.html", invitation=invitation, refusal=refusal, form=form)
    return page, form.status


def _form(invitation: Invitation) -> SeenForm:
    return SeenForm(invitation, lambda: invited(invitation))


@bp.post("/<reference>/acceptance")
@permit(policy.answer_invitation, find_invitation, act=N_("Accept an invitation"))
def accept(invitation: Invitation) -> ResponseReturnValue:
    form = _form(invitation)
    if not done(form, lambda: invitation.accept(by=actor(), at=clock.now())):
        return _page(invitation, form)
    flash(_("You now act for %(name)s.", name=invitation.organisation.name), "success")
    return redirect(url_for("organisations.show", reference=invitation.organisation.reference))


@bp.post("/<reference>/refusal")
@permit(policy.answer_invitation, find_invitation, act=N_("Decline an invitation"))
def decline(invitation: Invitation) -> ResponseReturnValue:
    form = _form(invitation)
    if not done(form, lambda: invitation.decline(by=actor(), at=clock.now())):
        return _page(invitation, form)
    flash(
        _("Invitation declined. You will not act for %(name)s in this role.", name=invitation.organisation.name),
        "success",
    )
    return redirect(url_for("people.home"))
