"""Pages of rights statements."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.errors import NotFound, WrongState
from civtech.core.text import N_
from civtech.proposals import queries as proposals
from civtech.rights import policy, queries, wording
from civtech.rights.forms import AcceptanceForm, BackgroundForm
from civtech.rights.models import BackgroundItem, BackgroundKind, RightsStatement, brings_into_force
from civtech.rights.models.accepting import listed
from civtech.web.actor import actor
from civtech.web.attempts import done
from civtech.web.display import may
from civtech.web.forms import Form, SeenForm
from civtech.web.gate import permit
from civtech.web.limits import EXPORTS, LOOKING, at_most
from civtech.web.pagination import LARGEST_KEY
from civtech.web.translation import gettext as _

bp = Blueprint("rights", __name__, url_prefix="/rights-statements")
blueprints = [bp]


def find_statement(reference: str) -> RightsStatement:
    """Return the statement with this reference, if the actor may see it."""
    return first_or_404(queries.to_open(actor(), reference))


def find_to_accept(reference: str) -> RightsStatement:
    """Return the statement with this reference, if the actor may see it or could until its offer was withdrawn."""
    statement = first_or_404(queries.to_accept(actor()).where(RightsStatement.reference == reference))
    if statement.offered_at is None:
        raise WrongState(
            N_("The offer was withdrawn, so nothing was accepted. We’ll email you if it is offered again.")
        )
    return find_statement(reference)


def find_item(reference: str, item: int) -> BackgroundItem:
    """Return the item of background IP, if the actor may see its statement."""
    statement = find_statement(reference)
    background_item = next((each for each in statement.background if each.id == item), None)
    if background_item is None:
        raise NotFound
    return background_item


@bp.get("/<reference>")
@permit(policy.read, find_statement, act=N_("Read a rights statement"))
def statement(statement: RightsStatement) -> ResponseReturnValue:
    return page(statement, BackgroundForm())


def page(statement: RightsStatement, background: BackgroundForm, refused: Form | None = None) -> ResponseReturnValue:
    """Show the statement and what the actor can do with it; `refused` is a form to show again with its errors."""
    form = refused or background
    verbs = ("accept_for_company", "accept_for_body", "list_background")
    allowed = {verb: may(getattr(policy, verb), verb, statement) for verb in verbs}
    answer = render_template(
        "rights/statement.html",
        statement=statement,
        lines=wording.certificate_lines(statement),
        licence=wording.licence_rows(statement),
        equity=wording.equity_rows(statement),
        in_force=brings_into_force(statement),
        seen=AcceptanceForm(statement, formdata=None).seen.data,
        terms_digest=statement.compute_digest(),
        form=form,
        background=background,
        listed=listed,
        may_accept=allowed["accept_for_company"] or allowed["accept_for_body"],
        may_accept_for_company=allowed["accept_for_company"],
        may_list=allowed["list_background"],
        may_read=proposals.is_readable(actor(), statement.proposal),
    )
    return answer, form.status


@bp.post("/<reference>/background")
@permit(
    policy.list_background,
    find_statement,
    act=N_("Add background IP to a rights statement"),
    unbound="It adds what the person types. Accepting the statement binds the list.",
)
def list_background(statement: RightsStatement) -> ResponseReturnValue:
    form = BackgroundForm()

    def put_on_the_list() -> None:
        kind, title, owner = BackgroundKind(form.kind.data), form.title.data, form.owner.data
        statement.list_background(kind=kind, title=title, owner=owner, by=actor(), at=clock.now())

    if not done(form, put_on_the_list):
        return page(statement, form)
    flash(_("“%(title)s” added to the list.", title=form.title.data), "success")
    return redirect(url_for(".statement", reference=statement.reference, _anchor="background"))


@bp.post(f"/<reference>/background/<int(max={LARGEST_KEY}):item>/removal")
@permit(policy.remove_background, find_item, act=N_("Remove background IP from a rights statement"))
def remove_background(item: BackgroundItem) -> ResponseReturnValue:
    statement, title = item.statement, item.title
    form = SeenForm(item, lambda: listed(item))
    if not done(form, lambda: statement.remove_background(item_id=item.id, by=actor(), at=clock.now())):
        return page(statement, BackgroundForm(formdata=None), form)
    flash(_("“%(title)s” removed from the list.", title=title), "success")
    return redirect(url_for(".statement", reference=statement.reference, _anchor="background"))


@bp.post("/<reference>/company-acceptance")
@permit(policy.accept_for_company, find_to_accept, act=N_("Accept a rights statement for the company"))
def accept_for_company(statement: RightsStatement) -> ResponseReturnValue:
    return _accept(statement, statement.accept_for_company)


@bp.post("/<reference>/body-acceptance")
@permit(policy.accept_for_body, find_to_accept, act=N_("Accept a rights statement for the public body"))
def accept_for_body(statement: RightsStatement) -> ResponseReturnValue:
    return _accept(statement, statement.accept_for_body)


def _accept(statement: RightsStatement, accept: Callable[..., None]) -> ResponseReturnValue:
    form = AcceptanceForm(statement)
    if not done(form, lambda: accept(by=actor(), at=clock.now())):
        return page(statement, BackgroundForm(formdata=None), form)
    if statement.is_accepted:
        flash(_("Both sides have accepted. The stage agreement is in force and its money is committed."), "success")
    else:
        flash(
            _("You have accepted. The stage agreement comes into force when the other side has accepted too."),
            "success",
        )
    return redirect(url_for(".statement", reference=statement.reference))


@bp.get("/<reference>/terms.json")
@permit(policy.read, find_statement, act=N_("Download the terms of a rights statement"))
@at_most(EXPORTS, methods=LOOKING)
def terms(statement: RightsStatement) -> ResponseReturnValue:
    answer = Response(statement.canonical().encode(), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{statement.reference}.json"'
    return answer
