"""Input of a form that we could not accept, because the person had to sign in or prove their identity first.

It is kept for a day, for the same person in the same browser, and fills in the form when its page is shown again.
"""

from datetime import datetime, timedelta

from flask import Flask, Response, g, request, session
from sqlalchemy import JSON, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from civtech.core import clock
from civtech.core.db import Identity, Model, db
from civtech.core.deciding import decides_nothing
from civtech.core.references import new_token
from civtech.web import typed
from civtech.web.actor import actor
from civtech.web.addresses import own_referrer
from civtech.web.transaction import FIRST_ERROR, is_write

UNSENT = "unsent"
KEPT_FOR = timedelta(days=1)
LETTERS = 24
MOST_KEPT = 5  # forms per person at a time
LARGEST_KEPT = 500_000  # characters per form


class UnsentForm(Model):
    """One form as it was typed: its person, its page, and its fields as pairs of name and value."""

    __tablename__ = "unsent_form"

    id: Mapped[Identity]
    key: Mapped[str] = mapped_column(unique=True)
    person: Mapped[str] = mapped_column(index=True)
    path: Mapped[str]
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    kept_at: Mapped[datetime]


decides_nothing(UnsentForm, because="It only gives back what someone typed.")


def page_of_form() -> str | None:
    """The page of this request's form, with its query: this one, or the previous one if this URL only takes forms."""
    rule = request.url_rule
    if rule is not None and "GET" in (rule.methods or set()):
        return request.full_path.rstrip("?")
    return own_referrer()


def keep(person: str) -> None:
    """Save this request's form for the person with this reference, if they typed anything."""
    page = page_of_form()
    if page is None or not typed.words():
        return
    _throw_away()
    at = clock.now()
    db.session.execute(delete(UnsentForm).where(UnsentForm.kept_at < at - KEPT_FOR))
    earlier = select(UnsentForm.id).where(UnsentForm.person == person).order_by(UnsentForm.id.desc())
    db.session.execute(delete(UnsentForm).where(UnsentForm.id.in_(earlier.offset(MOST_KEPT - 1))))
    fields = _that_fit(typed.fields())
    form = UnsentForm(key=new_token(LETTERS), person=person, path=_path_of(page), fields=fields, kept_at=at)
    db.session.add(form)
    session[UNSENT] = form.key
    g.unsent = None


def _that_fit(fields: list[tuple[str, str]]) -> list[list[str]]:
    """The fields to keep: as many whole ones as there is room for."""
    room, fitting = LARGEST_KEPT, []
    for name, value in fields:
        if (size := len(name) + len(value)) <= room:
            fitting.append([name, value])
            room -= size
    return fitting


def given_back(names: set[str]) -> MultiDict[str, str] | None:
    """What was typed on this page earlier, for a form with fields of these names."""
    form = _kept()
    if form is None or form.path != request.path:
        return None
    if names.isdisjoint(name.partition("-")[0] for name, _value in form.fields):
        return None
    g.given_back = True
    return MultiDict([(name, value) for name, value in form.fields])


def settle(answer: Response) -> None:
    """Delete the saved form once it has been sent and accepted."""
    if not is_write() or answer.status_code >= FIRST_ERROR:
        return
    form, page = _kept(), page_of_form()
    if form is not None and page is not None and form.path == _path_of(page):
        _throw_away()


def _path_of(page: str) -> str:
    return page.partition("?")[0]


def _throw_away() -> None:
    if key := session.pop(UNSENT, None):
        db.session.execute(delete(UnsentForm).where(UnsentForm.key == key))


def _kept() -> UnsentForm | None:
    """The form this browser saved, in an earlier request, for the current actor."""
    if UNSENT not in session:
        return None
    if "unsent" not in g:
        g.unsent = db.session.scalar(
            select(UnsentForm).where(
                UnsentForm.key == session[UNSENT],
                UnsentForm.person == (actor().reference or ""),
                UnsentForm.kept_at > clock.now() - KEPT_FOR,
            )
        )
    form: UnsentForm | None = g.unsent
    return form


def init(app: Flask) -> None:
    """Let pages know that saved input was filled in."""
    app.jinja_env.globals.update(was_given_back=lambda: bool(g.get("given_back")))
