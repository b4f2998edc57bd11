"""Audit entries in plain words, in the reader's language: who did what to which thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from civtech.core.db import db
from civtech.core.events import EVENTS
from civtech.core.text import N_, Text
from civtech.oversight import queries
from civtech.oversight.queries import Shown
from civtech.web.forms import translated
from civtech.web.translation import gettext

KINDS = {
    "account": N_("account"),
    "assignment": N_("assignment"),
    "challenge": N_("challenge"),
    "criterion": N_("criterion"),
    "decision": N_("decision"),
    "deliverable": N_("deliverable"),
    "invitation": N_("invitation"),
    "erasure_request": N_("erasure request"),
    "hold": N_("hold"),
    "join_request": N_("request to join"),
    "milestone": N_("milestone"),
    "opening": N_("opening"),
    "organisation": N_("organisation"),
    "outbox_message": N_("email"),
    "panel": N_("panel"),
    "pathway": N_("pathway"),
    "person": N_("person"),
    "problem_report": N_("reported problem"),
    "proposal": N_("proposal"),
    "question": N_("question"),
    "release": N_("release"),
    "rights_check": N_("check of rights"),
    "rights_statement": N_("rights statement"),
    "role_grant": N_("role"),
    "round": N_("round"),
    "stage": N_("stage"),
    "stage_agreement": N_("stage agreement"),
}
UNNAMED = {
    "proposal": N_("Someone working on a sealed proposal"),
    "question": N_("Name not published"),
}


@dataclass(frozen=True)
class Line:
    """One entry as a row of the list, with the names that `components/audit.html` uses."""

    sequence: int
    at: datetime
    who: str
    act: str
    hash: str
    url: str


def what_happened(event: str) -> str:
    """Return the title of an event, or its name if the code no longer knows it."""
    kind = EVENTS.get(event)
    return str(translated(Text(kind.label))) if kind else event


def subject_of(entry: Shown) -> str:
    """Return the subject of an entry, as `proposal P-7K3M-92QX`, or nothing if it has none."""
    return called(entry.subject_kind, entry.subject)


def called(kind: str | None, reference: str | None) -> str:
    """Return what the log calls a thing, as `proposal P-7K3M-92QX`, or nothing if an entry is about none."""
    if kind is None or reference is None:
        return ""
    words = translated(Text(KINDS[kind])) if kind in KINDS else kind.replace("_", " ")
    return str(gettext("%(kind)s %(reference)s", kind=words, reference=reference))


def who_of(entry: Shown, names: Mapping[str, str]) -> str:
    """Return who acted: current name and reference, only the reference after erasure, or why no one is named."""
    if entry.unnamed:
        return unnamed(entry.subject_kind)
    if entry.actor is None:
        return str(gettext("The service"))
    name = names.get(entry.actor)
    return str(gettext("%(name)s (%(reference)s)", name=name, reference=entry.actor)) if name else entry.actor


def unnamed(kind: str | None) -> str:
    """Return why no one is named in an entry about a thing of this kind."""
    return str(translated(Text(UNNAMED[kind or "question"])))


def names_in(entries: Sequence[Shown]) -> dict[str, str]:
    """Return the names of the people in these entries, in one statement."""
    references = {entry.actor for entry in entries if entry.actor}
    if not references:
        return {}
    return dict(db.session.execute(queries.names_of(references)).all())


def lines(entries: Sequence[Shown]) -> list[Line]:
    """Return the rows of a list of entries."""
    names = names_in(entries)
    return [
        Line(
            sequence=entry.sequence,
            at=entry.at,
            who=who_of(entry, names),
            act=sentence(entry),
            hash=entry.hash,
            url=url_for("oversight.entry", sequence=entry.sequence),
        )
        for entry in entries
    ]


def sentence(entry: Shown) -> str:
    """Return a sentence like `Proposal submitted: proposal P-7K3M-92QX`."""
    return with_subject(what_happened(entry.event), subject_of(entry))


def with_subject(what: str, subject: str) -> str:
    """Return what happened and, if it is known, to what."""
    return str(gettext("%(what)s: %(subject)s", what=what, subject=subject)) if subject else what
