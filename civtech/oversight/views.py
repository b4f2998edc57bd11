"""The audit log for auditors and staff, and the page "Who can see and do what" for everyone."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.alphabet import folded
from civtech.core.db import db, first_or_404
from civtech.core.events import EVENTS
from civtech.core.text import N_
from civtech.oversight import access as access_table
from civtech.oversight import policy, queries, whole, words
from civtech.oversight.models import AuditEntry
from civtech.people.models import User
from civtech.people.queries import person_by_email
from civtech.web.actor import actor
from civtech.web.display import zone
from civtech.web.gate import permit, public
from civtech.web.kept.declaring import keepable
from civtech.web.navigation import navigate
from civtech.web.pagination import paged
from civtech.web.translation import gettext

bp = Blueprint("oversight", __name__)
blueprints = [bp]

LARGEST_SEQUENCE = 2**63 - 1
RECENT = 31  # days on the page; the text has all of them


def _reads(person: User) -> bool:
    return policy.read_audit_log(person)


navigate("footer", N_("Who can see and do what"), "oversight.access", order=30)
navigate("footer", N_("Check the audit log"), "oversight.checkpoints", order=35)
navigate("footer", N_("Audit log"), "oversight.audit", order=80, shown_to=_reads)


@bp.get("/audit")
@permit(policy.read_audit_log, act=N_("Search the audit log"))
def audit() -> ResponseReturnValue:
    asked = {
        name: request.args.get(name, "").replace("\0", "").strip()
        for name in ("event", "subject", "actor", "since", "until")
    }
    problems: dict[str, str] = {}
    query = queries.matching(
        queries.visible_to(actor()),
        reader=actor(),
        event=asked["event"] or None,
        subject=asked["subject"].upper() or None,
        actor=_reference_of(asked["actor"]),
        since=_start_of(asked["since"], "since", problems),
        until=_start_of(asked["until"], "until", problems, days=1),
    )
    page = paged(query, AuditEntry.sequence)
    events = sorted(((words.what_happened(name), name) for name in EVENTS), key=lambda option: folded(option[0]))
    return render_template(
        "oversight/audit.html",
        page=page,
        lines=words.lines(page.rows),
        head=db.session.scalars(queries.head()).one_or_none(),
        asked=asked,
        events=events,
        problems=problems,
        filtered=any(asked.values()),
    )


def _reference_of(typed: str) -> str | None:
    """Return the person's reference. The search takes a reference or an email address."""
    if "@" not in typed:
        return typed.upper() or None
    person = db.session.scalars(person_by_email(typed)).unique().first()
    return person.reference if person else typed


def _start_of(typed: str, field: str, problems: dict[str, str], *, days: int = 0) -> datetime | None:
    """Return the first instant of a day in the programme's zone, `days` later."""
    if not typed:
        return None
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date() + timedelta(days=days)  # noqa: DTZ007
        return datetime.combine(day, time(), tzinfo=zone())
    except (ValueError, OverflowError):
        problems[field] = gettext("Enter a date like 2027-03-12.")
        return None


def find_entry(sequence: int) -> queries.Shown:
    """Return an entry the actor may see, or raise `NotFound`."""
    return first_or_404(queries.visible_to(actor()).where(AuditEntry.sequence == min(sequence, LARGEST_SEQUENCE)))


@bp.get("/audit/<int:sequence>")
@permit(policy.read_audit_log, find_entry, act=N_("View an entry in the audit log"))
def entry(shown: queries.Shown) -> ResponseReturnValue:
    head = db.session.scalars(queries.head()).one()
    stored = db.session.scalars(queries.stored(shown.sequence)).one()
    return render_template(
        "oversight/entry.html",
        entry=shown,
        holds=stored.hash == stored.expected_hash(),
        who=words.who_of(shown, words.names_in([shown])),
        what=words.what_happened(shown.event),
        subject=words.subject_of(shown),
        earlier=url_for(".entry", sequence=shown.sequence - 1) if shown.sequence > 1 else None,
        later=url_for(".entry", sequence=shown.sequence + 1) if shown.sequence < head.sequence else None,
    )


@bp.get("/about/access")
@public("The rules are public.", act=N_("Read this page"))
@keepable()
def access() -> ResponseReturnValue:
    return render_template(
        "oversight/access.html", areas=access_table.rules(current_app), open_pages=access_table.open_pages(current_app)
    )


@bp.get("/about/audit-log")
@public("Anyone can keep a checkpoint and hold us to it.", act=N_("See where the audit log ended each day"))
@keepable()
def checkpoints() -> ResponseReturnValue:
    days = queries.days_signed()
    recent = db.session.scalars(queries.checkpoints().limit(RECENT)).all()
    missing = whole.missing_days(days, clock.now().astimezone(zone()).date())
    return render_template(
        "oversight/checkpoints.html",
        newest=recent[0] if recent else None,
        recent=recent,
        missing=missing[-RECENT:],
    )


@bp.get("/about/audit-log/checkpoints.txt")
@public("Anyone can keep a checkpoint and hold us to it.", act=N_("Download all checkpoints of the audit log"))
def checkpoint_lines() -> ResponseReturnValue:
    return _as_text(kept.line for kept in db.session.scalars(queries.checkpoints()))


@bp.get("/about/audit-log/key.pem")
@public("Anyone can check our signatures.", act=N_("Download the public key of the audit log"))
def public_keys() -> ResponseReturnValue:
    return _as_text(f"Key {name}\n{pem.strip()}" for name, pem in db.session.execute(queries.public_keys()))


def _as_text(lines: Iterable[str]) -> ResponseReturnValue:
    return Response("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
