"""Asking to join an organisation that already has colleagues, and the owners' answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import db, first_or_404
from civtech.core.text import N_
from civtech.organisations import policy, queries
from civtech.organisations.forms.membership import AdmissionForm
from civtech.organisations.models import JoinRequest, MemberRole, Organisation
from civtech.organisations.models.bound import asked_to_join, joined
from civtech.organisations.models.domains import domain_of, is_shared
from civtech.organisations.models.join_request import OPEN_FOR
from civtech.organisations.views.organisations import bp, find_organisation
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.forms import SeenForm
from civtech.web.gate import permit
from civtech.web.limits import MAILS_TO_OTHERS, at_most
from civtech.web.translation import gettext as _


def find_joinable(reference: str) -> Organisation:
    """An organisation that the actor may ask to join. Any other is not found, whether or not it exists."""
    return first_or_404(queries.joinable(actor()).where(Organisation.reference == reference))


def find_own_request(request: str) -> JoinRequest:
    """The actor's own request that is waiting for an answer."""
    waiting = queries.join_requests_of(actor(), clock.now())
    return first_or_404(waiting.where(JoinRequest.reference == request))


def find_request(reference: str, request: str) -> JoinRequest:
    """A request to join an organisation that the actor may see."""
    waiting = queries.join_requests(find_organisation(reference), clock.now())
    return first_or_404(waiting.where(JoinRequest.reference == request))


@bp.get("/join")
@permit(policy.look_for_colleagues, act=N_("View the organisations you can ask to join"))
def join() -> ResponseReturnValue:
    return _join_page()


def _join_page(refused: SeenForm | None = None) -> ResponseReturnValue:
    who = actor()
    domain = domain_of(who.email)
    page = render_template(
        "organisations/join.html",
        form=refused,
        domain=domain,
        open_for=OPEN_FOR,
        shared=is_shared(domain),
        organisations=db.session.scalars(queries.joinable(who)).all(),
        waiting=db.session.scalars(queries.join_requests_of(who, clock.now())).first(),
    )
    return page, refused.status if refused else 200


@bp.post("/<reference>/requests")
@permit(policy.ask_to_join, find_joinable, act=N_("Ask to join an organisation"))
@at_most(MAILS_TO_OTHERS)
def ask(organisation: Organisation) -> ResponseReturnValue:
    form = SeenForm(organisation, lambda: joined(organisation))
    if not done(form, lambda: JoinRequest.ask(organisation, by=actor(), at=clock.now())):
        return _join_page(form)
    flash(_("We’ve asked the owners of %(name)s. We’ll email you when they answer.", name=organisation.name), "success")
    return redirect(url_for(".join"))


@bp.post("/join/<request>/withdrawal")
@permit(
    policy.withdraw_join_request,
    find_own_request,
    act=N_("Withdraw a request to join an organisation"),
    unbound="It takes back the person’s own request, which cannot change.",
)
def withdraw(request: JoinRequest) -> ResponseReturnValue:
    request.withdraw(by=actor(), at=clock.now())
    flash(_("Your request has been withdrawn."), "success")
    return redirect(url_for(".join"))


@bp.route("/<reference>/requests/<request>", methods=["GET", "POST"])
@permit(policy.answer_join_request, find_request, act=N_("Accept a request to join an organisation"))
def answer_request(request: JoinRequest) -> ResponseReturnValue:
    organisation, person = request.organisation, request.person
    form = AdmissionForm(request)
    if done(form, lambda: request.accept(role=MemberRole(form.role.data), by=actor(), at=clock.now())):
        flash(
            _("%(name)s now acts for %(body)s. We’ll email them to say so.", name=person.name, body=organisation.name),
            "success",
        )
        return redirect(url_for(".members", reference=organisation.reference))
    return _request_page(request, form)


def _request_page(request: JoinRequest, form: AdmissionForm, refused: SeenForm | None = None) -> ResponseReturnValue:
    """The request with both answers. `refused` is the other form with errors, if that is why we show it again."""
    page = render_template(
        "organisations/join_request.html",
        form=refused or form,
        admission=form,
        asked=request,
        organisation=request.organisation,
    )
    return page, (refused or form).status


@bp.post("/<reference>/requests/<request>/refusal")
@permit(policy.answer_join_request, find_request, act=N_("Decline a request to join an organisation"))
def decline_request(request: JoinRequest) -> ResponseReturnValue:
    organisation = request.organisation
    form = SeenForm(request, lambda: asked_to_join(request))
    if not done(form, lambda: request.decline(by=actor(), at=clock.now())):
        return _request_page(request, AdmissionForm(request, formdata=None), form)
    flash(_("Request declined. We’ll email the person to say so."), "success")
    return redirect(url_for(".members", reference=organisation.reference))
