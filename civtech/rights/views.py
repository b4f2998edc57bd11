"""The pages of rights statements."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from civtech.core import clock
from civtech.core.db import first_or_404
from civtech.core.errors import NotFound
from civtech.core.workflow import possible
from civtech.proposals import queries as proposals
from civtech.rights import plain, policy, queries
from civtech.rights.forms import AcceptanceForm, BackgroundForm
from civtech.rights.models import BackgroundItem, BackgroundKind, RightsStatement
from civtech.web.actor import actor
from civtech.web.gate import can, permit
from civtech.web.pagination import LARGEST_KEY

bp = Blueprint("rights", __name__, url_prefix="/rights-statements")
blueprints = [bp]


def find_statement(reference: str) -> RightsStatement:
    """The statement with this reference, if the actor may see it."""
    return first_or_404(queries.visible_to(actor()).where(RightsStatement.reference == reference))


def find_item(reference: str, item: int) -> BackgroundItem:
    """The item of the list, if the actor may see its statement."""
    statement = find_statement(reference)
    found = next((known for known in statement.background if known.id == item), None)
    if found is None:
        raise NotFound
    return found


@bp.get("/<reference>")
@permit(policy.read, find_statement)
def statement(statement: RightsStatement) -> ResponseReturnValue:
    return page(statement, BackgroundForm())


def page(statement: RightsStatement, form: BackgroundForm) -> ResponseReturnValue:
    """The statement with what the actor can do about it."""
    now = clock.now()
    verbs = ("accept_for_company", "accept_for_body", "list_background")
    may = {verb: can(getattr(policy, verb), statement) and possible(statement, verb, now) for verb in verbs}
    answer = render_template(
        "rights/statement.html",
        statement=statement,
        lines=plain.certificate_lines(statement),
        licence=plain.licence_rows(statement),
        equity=plain.equity_rows(statement),
        terms_digest=statement.compute_digest(),
        form=form if may["list_background"] else None,
        may_accept=may["accept_for_company"] or may["accept_for_body"],
        may_accept_for_company=may["accept_for_company"],
        may_list=may["list_background"],
        may_read=proposals.is_readable(actor(), statement.proposal),
    )
    return answer, 422 if form.errors else 200


@bp.post("/<reference>/background")
@permit(policy.list_background, find_statement)
def list_background(statement: RightsStatement) -> ResponseReturnValue:
    form = BackgroundForm()
    if not form.validate_on_submit():
        return page(statement, form)
    statement.list_background(
        kind=BackgroundKind(form.kind.data), title=form.title.data, owner=form.owner.data, by=actor(), at=clock.now()
    )
    flash(_("“%(title)s” is on the list.", title=form.title.data), "success")
    return redirect(url_for(".statement", reference=statement.reference, _anchor="background"))


@bp.post(f"/<reference>/background/<int(max={LARGEST_KEY}):item>/removal")
@permit(policy.remove_background, find_item)
def remove_background(item: BackgroundItem) -> ResponseReturnValue:
    statement, title = item.statement, item.title
    statement.remove_background(item_id=item.id, by=actor(), at=clock.now())
    flash(_("“%(title)s” is off the list.", title=title), "success")
    return redirect(url_for(".statement", reference=statement.reference, _anchor="background"))


@bp.post("/<reference>/company-acceptance")
@permit(policy.accept_for_company, find_statement)
def accept_for_company(statement: RightsStatement) -> ResponseReturnValue:
    AcceptanceForm().check(statement)
    statement.accept_for_company(by=actor(), at=clock.now())
    return _thanks(statement)


@bp.post("/<reference>/body-acceptance")
@permit(policy.accept_for_body, find_statement)
def accept_for_body(statement: RightsStatement) -> ResponseReturnValue:
    AcceptanceForm().check(statement)
    statement.accept_for_body(by=actor(), at=clock.now())
    return _thanks(statement)


def _thanks(statement: RightsStatement) -> ResponseReturnValue:
    if statement.is_accepted:
        flash(_("Both sides have accepted. The stage agreement is in force and its money is committed."), "success")
    else:
        flash(
            _("You have accepted. The stage agreement comes into force when the other side has accepted too."),
            "success",
        )
    return redirect(url_for(".statement", reference=statement.reference))


@bp.get("/<reference>/terms.json")
@permit(policy.read, find_statement)
def terms(statement: RightsStatement) -> ResponseReturnValue:
    answer = Response(statement.canonical().encode(), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{statement.reference}.json"'
    return answer
