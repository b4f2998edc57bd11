"""The other services you sign in with: link one, which needs proof of both accounts, or remove one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.people import policy, queries
from civtech.people.models import ExternalIdentity
from civtech.people.sign_in.next_page import goal
from civtech.people.sign_in.single_sign_on import proof as proofs
from civtech.people.sign_in.single_sign_on.outcome import Outcome, outcome_of
from civtech.people.sign_in.single_sign_on.providers import providers, title_of
from civtech.people.views.elsewhere import begin_again, page
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import Form
from civtech.web.gate import permit
from civtech.web.limits import at_most, network
from civtech.web.translation import gettext as _

bp = Blueprint("identities", __name__, url_prefix="/account/identities")


def find_identity(reference: str) -> ExternalIdentity:
    """A link of the actor's own account."""
    return first_or_404(queries.identities(actor()).where(ExternalIdentity.reference == reference))


@bp.get("")
@permit(policy.change_sign_in, act=N_("View the services you sign in with"))
def index() -> ResponseReturnValue:
    return listing(Form())


@bp.post("")
@permit(
    policy.change_sign_in,
    act=N_("Link another sign-in service to your account"),
    unbound="It links the account that the other service has just named.",
)
@at_most("10/minute;60/hour", by=network)
def link() -> ResponseReturnValue:
    if (proven := proofs.kept()) is None:
        return begin_again()
    proof, provider = proven
    form, at, who = Form(), clock.now(), actor()
    if outcome_of(proof, provider, who) is not Outcome.LINK:
        return redirect(url_for("elsewhere.show"))

    def add() -> ExternalIdentity:
        return ExternalIdentity.link(
            who, issuer=provider.issuer, subject=proof.subject, proved_at=proof.proved_at, at=at
        )

    if done(form, add):
        proofs.forget()
        flash(_("You can now sign in with %(title)s.", title=provider.title), "success")
        return redirect(proof.goal or url_for(".index"))
    return page(Outcome.LINK, proof, provider, form)


@bp.post("/<reference>/removal")
@permit(
    policy.unlink_identity,
    find_identity,
    act=N_("Remove a linked sign-in service"),
    unbound="It removes a link that cannot change.",
)
def unlink(identity: ExternalIdentity) -> ResponseReturnValue:
    form, title = Form(), title_of(identity.issuer)
    if done(form, lambda: identity.unlink(by=actor(), at=clock.now())):
        flash(_("You can no longer sign in with %(title)s.", title=title), "success")
        return redirect(url_for(".index"))
    return listing(form)


def listing(form: Form) -> ResponseReturnValue:
    """The page with linked services and those you can link."""
    linked = db.session.scalars(queries.identities(actor())).all()
    issuers = {identity.issuer for identity in linked}
    shown = render_template(
        "people/identities.html",
        form=form,
        goal=goal(),
        linked=[(identity, title_of(identity.issuer)) for identity in linked],
        removable=bool(actor().password) or len(linked) > 1,
        others=[provider for provider in providers() if provider.issuer not in issuers],
    )
    return shown, form.status
