"""The lines of a history in plain words: what happened, who did it as far as the reader may know, and the message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from civtech.core.db import NamedRow
from civtech.core.histories import SHOWINGS, Audience
from civtech.oversight import words
from civtech.web.translation import gettext


@dataclass(frozen=True)
class Line:
    """One mark in a history, with the names that `components/history.html` uses.

    `url` is the page of what it is about, or its entry in the log for those who read that. They get `page` as well.
    """

    at: datetime
    title: str
    who: str
    message: str | None
    url: str | None
    about: str
    page: str | None


PARTIES = frozenset({Audience.TEAM, Audience.SPONSOR, Audience.PROGRAMME})
PAGES = {
    "decision": ("judging.decision", frozenset({Audience.PROGRAMME})),
    "milestone": ("stages.milestone", PARTIES),
    "release": ("funding.release", PARTIES),
    "rights_statement": ("rights.statement", PARTIES),
    "stage_agreement": ("stages.agreement", PARTIES),
}
"""The page of each kind of thing that histories name, and the sides that can open it."""


@dataclass(frozen=True)
class History:
    """A page of lines, newest first, with links to earlier ones and back to the newest."""

    lines: Sequence[Line]
    earlier_url: str | None
    newest_url: str | None


@dataclass(frozen=True)
class Readers:
    """What a reader of one thing is to it: the sides they act for, and what the sides are called.

    Those who read the audit log see every entry, and a link to it.
    """

    sides: frozenset[Audience]
    called: Mapping[Audience, str]
    reads_log: bool

    def name_of(self, side: Audience | None) -> str:
        """What a side is called, for readers who are not told a name. It is empty if the side is not known."""
        if side is Audience.PROGRAMME:
            return str(gettext("programme staff"))
        if side is Audience.FINANCE:
            return str(gettext("finance"))
        return self.called.get(side, "") if side else ""


def line(row: NamedRow, reader: Readers, own: str, *, thing: str) -> Line:
    """Put an entry in words. `own` is the reader’s own reference, `thing` that of what the history is about."""
    what, about = words.what_happened(row.event), ""
    if row.subject != thing:
        about = words.called(row.subject_kind, row.subject)
    page = _page(row, reader) if about else None
    return Line(
        at=row.at,
        title=words.with_subject(what, about),
        who=_who(row, reader, own),
        message=row.message,
        url=url_for("oversight.entry", sequence=row.sequence) if reader.reads_log else page,
        about=about,
        page=page if reader.reads_log else None,
    )


def _page(row: NamedRow, reader: Readers) -> str | None:
    endpoint, sides = PAGES.get(row.subject_kind, ("", frozenset()))
    return None if sides.isdisjoint(reader.sides) else url_for(endpoint, reference=row.subject)


def _who(row: NamedRow, reader: Readers, own: str) -> str:
    if row.unnamed:
        return words.unnamed(row.subject_kind)
    if row.actor is None:
        return str(gettext("The service"))
    showing = SHOWINGS.get(row.event)
    side = reader.name_of(showing.side(row.facts) if showing else None)
    name = row.name or row.actor
    if reader.reads_log:
        return str(gettext("%(name)s (%(reference)s)", name=name, reference=row.actor)) if row.name else name
    if row.actor != own and not (showing and showing.names_to(reader.sides, row.facts)):
        return side or str(gettext("The service"))
    return str(gettext("%(name)s, %(side)s", name=name, side=side)) if side else name
