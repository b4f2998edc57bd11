"""Erasure requests and holds, for those who look after personal data."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock, personal
from civtech.core.db import db, first_or_404
from civtech.core.errors import RuleViolation
from civtech.core.text import N_
from civtech.organisations.models import Organisation
from civtech.people.models import User
from civtech.privacy import policy, queries
from civtech.privacy.forms import HoldForm
from civtech.privacy.models import Erasure, ErasureGround, ErasureRequest, Hold
from civtech.privacy.models.bound import erased, lifted
from civtech.privacy.models.hold import held_people
from civtech.privacy.views.blueprint import bp
from civtech.web.actor import actor
from civtech.web.attempts import done, made
from civtech.web.forms import SeenForm
from civtech.web.gate import permit
from civtech.web.translation import gettext as _


def find_request(reference: str) -> ErasureRequest:
    """Return a waiting erasure request, if the actor looks after personal data."""
    return first_or_404(queries.requests(actor()).where(ErasureRequest.reference == reference))


def find_hold(reference: str) -> Hold:
    """Return a current hold, if the actor looks after personal data."""
    return first_or_404(queries.holds(actor(), clock.now()).where(Hold.reference == reference))


@bp.get("/data-protection")
@permit(policy.look_after_data, act=N_("View erasure requests and holds"))
def stewardship() -> ResponseReturnValue:
    return _page()


def _page(refused: SeenForm | None = None) -> str:
    """The requests and holds. `refused` is a form with errors, if that is why we show them again."""
    who, at = actor(), clock.now()
    requests = db.session.scalars(queries.requests(who)).unique().all()
    return render_template(
        "privacy/stewardship.html",
        ends=personal.ending_with([request.person_id for request in requests]),
        form=refused,
        erased=erased,
        lifted=lifted,
        requests=requests,
        holds=db.session.scalars(queries.holds(who, at)).unique().all(),
        held=set(db.session.scalars(held_people(at))),
    )


@bp.post("/data-protection/requests/<reference>/erasure")
@permit(policy.carry_out, find_request, act=N_("Erase the data of someone who asked for it"))
def carry_out(request: ErasureRequest) -> ResponseReturnValue:
    form, person, at = SeenForm(request, lambda: erased(request)), request.person, clock.now()
    if not done(form, lambda: Erasure.carry_out(person, ground=ErasureGround.REQUEST, by=actor(), at=at)):
        return _page(form), form.status
    flash(_("%(reference)s has been erased.", reference=person.reference), "success")
    return redirect(url_for(".stewardship"))


@bp.route("/data-protection/holds/new", methods=["GET", "POST"])
@permit(
    policy.look_after_data,
    act=N_("Place a hold so that nothing is erased"),
    unbound="The person types what to keep, why and until when.",
)
def place_hold() -> ResponseReturnValue:
    form = HoldForm()

    def place() -> Hold:
        held = _named(form.on.data)
        return Hold.place(held, reason=form.reason.data, ends_at=form.ends_at.data, by=actor(), at=clock.now())

    if hold := made(form, place):
        flash(
            _(
                "Hold placed. Nothing about %(reference)s will be erased until the hold ends.",
                reference=hold.on.reference,
            ),
            "success",
        )
        return redirect(url_for(".stewardship"))
    return render_template("privacy/hold.html", form=form), form.status


def _named(word: str) -> User | Organisation:
    """Return the person or organisation that the form names."""
    person = db.session.scalars(queries.person_called(word)).unique().first()
    named = person or db.session.scalars(queries.organisation_called(word)).first()
    if named is None:
        raise RuleViolation(
            N_("We cannot find a person or organisation with this reference or email address. Check it and try again."),
            field="on",
        )
    return named


@bp.post("/data-protection/holds/<reference>/end")
@permit(policy.look_after_data, find_hold, act=N_("End a hold"))
def lift_hold(hold: Hold) -> ResponseReturnValue:
    form = SeenForm(hold, lambda: lifted(hold))
    if not done(form, lambda: hold.lift(by=actor(), at=clock.now())):
        return _page(form), form.status
    flash(_("Hold lifted. The data it protected will be erased at the usual time."), "success")
    return redirect(url_for(".stewardship"))
