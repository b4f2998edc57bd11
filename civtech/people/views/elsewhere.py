"""To another service and back, and what you can do here with the proof."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.errors import NotFound
from civtech.core.text import N_
from civtech.people.forms.person import NameForm
from civtech.people.models import ExternalIdentity, User
from civtech.people.sign_in.next_page import goal
from civtech.people.sign_in.single_sign_on import flow
from civtech.people.sign_in.single_sign_on import proof as proofs
from civtech.people.sign_in.single_sign_on.entering import enter, enter_again
from civtech.people.sign_in.single_sign_on.flow import NotProved
from civtech.people.sign_in.single_sign_on.outcome import Outcome, identity_of, outcome_of
from civtech.people.sign_in.single_sign_on.proof import Proof
from civtech.people.sign_in.single_sign_on.providers import provider_named
from civtech.people.sign_in.words import MESSAGES
from civtech.web.actor import actor
from civtech.web.attempts import made
from civtech.web.errors import undone
from civtech.web.forms import Form, translated
from civtech.web.gate import public
from civtech.web.headers import NEVER_STORED
from civtech.web.limits import at_most, network
from civtech.web.translation import gettext as _
from config import SignInProvider

USED_BEFORE = N_("This sign-in has already been used. Sign in with %(title)s again.")

bp = Blueprint("elsewhere", __name__, url_prefix="/sign-in")


@bp.after_request
def never_stored(answer: Response) -> Response:
    """Keep what a provider says about a person, and the secrets in its answer, out of caches."""
    answer.headers["Cache-Control"] = NEVER_STORED
    return answer


def find_provider(name: str) -> SignInProvider:
    """The provider with this name."""
    provider = provider_named(name)
    if provider is None:
        raise NotFound
    return provider


@bp.get("/with/<name>")
@public(
    N_("Takes you to another service, set up by the operator, to sign in there."),
    act=N_("Go to another service to sign in"),
)
@at_most("30/minute;300/hour", by=network, methods=("GET",))
def begin(name: str) -> ResponseReturnValue:
    provider, again = find_provider(name), "again" in request.args
    try:
        return redirect(flow.begin(provider, goal=goal(), again=again))
    except NotProved as refusal:
        return refused(refusal, goal())


@bp.get("/with/<name>/answer")
@public(
    N_("Where the other service sends your browser back to. It only works in the browser that started the sign-in."),
    act=N_("Return here after signing in with another service"),
)
@at_most("30/minute;300/hour", by=network, methods=("GET",))
def answer(name: str) -> ResponseReturnValue:
    provider, onward = find_provider(name), flow.goal_begun()
    try:
        proof = flow.answered(provider, request.args)
        refuse_if_off(proof, provider)
    except NotProved as refusal:
        return refused(refusal, onward)
    proofs.keep(proof)
    return redirect(url_for(".show"))


@bp.get("/proof")
@public(
    N_("Shows what another service confirmed about you, and what you can do with it."),
    act=N_("View the details another service confirmed"),
)
def show() -> ResponseReturnValue:
    if (proven := proofs.kept()) is None:
        return begin_again()
    outcome = outcome_of(*proven, actor())
    form = NameForm(data={"name": proven[0].name}) if outcome is Outcome.REGISTER else Form()
    return page(outcome, *proven, form)


@bp.post("/proof/session")
@public(
    N_("Signs in anyone who has proved who they are to another service."),
    act=N_("Sign in with another service"),
    unbound="It signs someone in.",
)
@at_most("30/minute;300/hour", by=network)
def sign_in() -> ResponseReturnValue:
    if (proven := proofs.kept()) is None:
        return begin_again()
    proof, provider = proven
    identity, outcome = identity_of(*proven), outcome_of(*proven, actor())
    again = outcome is Outcome.YOURS and proof.again
    if identity is None or not (again or outcome is Outcome.SIGN_IN):
        return redirect(url_for(".show"))
    try:
        refuse_if_off(proof, provider)
        if not identity.spend(proof.proved_at):
            raise NotProved("replayed", USED_BEFORE, provider, identity.user)
    except NotProved as refusal:
        proofs.forget()
        return refused(refusal, proof.goal)
    return enter_again(identity.user, proof) if again else enter(identity.user, proof)


@bp.post("/proof/account")
@public(
    N_("Creates an account for anyone that another service vouches for, if the operator allows it."),
    act=N_("Create an account with the details another service confirmed"),
    unbound="It creates the account that the other service has just confirmed.",
)
@at_most("10/minute;60/hour", by=network)
def register() -> ResponseReturnValue:
    if (proven := proofs.kept()) is None:
        return begin_again()
    proof, provider = proven
    if outcome_of(*proven, actor()) is not Outcome.REGISTER:
        return redirect(url_for(".show"))
    form = NameForm(data={"name": proof.name})

    def create() -> User:
        at = clock.now()
        person = User.register(name=form.name.data, email=proof.email, confirmed_at=at, at=at)
        ExternalIdentity.link(person, issuer=provider.issuer, subject=proof.subject, proved_at=proof.proved_at, at=at)
        return person

    if person := made(form, create):
        flash(_("Account created. You sign in to it with %(title)s.", title=provider.title), "success")
        return enter(person, proof)
    return page(Outcome.REGISTER, proof, provider, form)


def page(outcome: Outcome, proof: Proof, provider: SignInProvider, form: Form) -> ResponseReturnValue:
    """The page with the proof and the one action it allows."""
    identity = identity_of(proof, provider)
    shown = render_template(
        f"people/elsewhere/{outcome.value}.html",
        proof=proof,
        provider=provider,
        person=identity.user if identity else None,
        form=form,
    )
    return shown, form.status


def begin_again() -> ResponseReturnValue:
    """This browser has no proof, or its proof is too old: ask to start again."""
    flash(_("Signing in with another service works once and for ten minutes. Sign in again."), "error")
    return redirect(url_for("identities.index" if actor().is_authenticated else "security.login"))


def refuse_if_off(proof: Proof, provider: SignInProvider) -> None:
    """Refuse if the account is deactivated, and record the attempt."""
    identity = identity_of(proof, provider)
    if identity is not None and not identity.user.active:
        raise NotProved("deactivated", MESSAGES["DISABLED_ACCOUNT"][0], provider, identity.user)


def refused(refusal: NotProved, onward: str | None) -> ResponseReturnValue:
    """Record the failed attempt and explain it on the sign-in page."""
    flash(translated(undone(refusal).text), "error")
    if actor().is_authenticated:
        return redirect(url_for("identities.index"))
    return redirect(url_for("security.login", next=onward))
