"""The public certificate of an accepted rights statement, and a check of its hash."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core.db import first_or_404
from civtech.core.text import N_
from civtech.rights.models import RightsStatement
from civtech.rights.wording import certificate_lines, equity_rows, licence_rows
from civtech.transparency import queries
from civtech.transparency.forms import CheckForm, digest_in
from civtech.transparency.history import name_of
from civtech.transparency.views.register import bp
from civtech.web.gate import public
from civtech.web.kept.declaring import keepable
from civtech.web.translation import lazy_gettext as _l

UNPROCESSABLE = 422


def find_statement(reference: str) -> RightsStatement:
    """Return a statement that both sides accepted, or raise `NotFound`."""
    return first_or_404(queries.statements().where(RightsStatement.reference == reference))


def _show(statement: RightsStatement, form: CheckForm, **more: object) -> str:
    signed = statement.offered_at
    named = signed is not None and statement.company.was_company(signed)
    now = statement.company.legal_name
    return render_template(
        "transparency/certificate.html",
        statement=statement,
        company=name_of(statement.company_name if named else None, now if now != statement.company_name else None),
        lines=certificate_lines(statement),
        licence=licence_rows(statement),
        equity=equity_rows(statement),
        form=form,
        **{"matches": None, "given": None} | more,
    )


@bp.get("/rights-statements/<reference>/public")
@public(
    "Shows that the company keeps what it makes, when both sides have accepted the rights statement.",
    act=N_("View a rights certificate"),
)
@keepable()
def certificate(reference: str) -> ResponseReturnValue:
    statement, given = find_statement(reference), digest_in(request.args.get("checked", ""))
    if given is None:
        return _show(statement, CheckForm())
    return _show(statement, CheckForm(), matches=given == statement.digest, given=given)


@bp.post("/rights-statements/<reference>/public")
@public(
    "Compares a hash. Nothing is saved.",
    act=N_("Check a certificate against the record"),
    unbound="It changes nothing.",
)
def check_certificate(reference: str) -> ResponseReturnValue:
    """Compare, and show the result at an address of its own, so that it can be reloaded and gone back to."""
    statement = find_statement(reference)
    form = CheckForm()
    if not form.validate_on_submit():
        return _show(statement, form), UNPROCESSABLE
    given = digest_in(form.evidence.data or "")
    if given is None:
        form.evidence.errors = [_l("Paste a hash of 64 characters, or a statement as JSON.")]
        return _show(statement, form), UNPROCESSABLE
    return redirect(url_for(".certificate", reference=reference, checked=given))
