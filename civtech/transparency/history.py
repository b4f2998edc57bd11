"""The public history of a challenge, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from civtech.challenges.models import Challenge
from civtech.core.db import NamedRow, db
from civtech.core.state import State
from civtech.transparency import queries
from civtech.web.forms import translated
from civtech.web.translation import gettext


@dataclass(frozen=True)
class Happening:
    """One mark on a timeline, with the names that `components/timeline.html` uses."""

    at: datetime | None
    title: str
    text: str | None = None
    url: str | None = None
    state: State | None = None


def in_time(happenings: list[Happening]) -> list[Happening]:
    """Sort by time. Marks without a date come last, in the order given."""
    return sorted(
        happenings, key=lambda happening: (happening.at is None, happening.at.timestamp() if happening.at else 0)
    )


def name_of(company: str | None, now: str | None = None) -> str:
    """Return the company's name for use within a sentence, and its present one if it is another.

    A person with an idea is not named.
    """
    if company and now:
        return str(gettext("%(name)s (now called %(now)s)", name=company, now=now))
    return company or str(gettext("a person with an idea"))


def cancelled(challenge: Challenge) -> Happening | None:
    """Return when, by whom and why it was cancelled. A cancelled challenge never closes."""
    if challenge.cancelled_at is None:
        return None
    title = gettext("%(who)s cancelled the challenge", who=translated(challenge.who_cancelled))
    return Happening(challenge.cancelled_at, title, challenge.message, state=challenge.state)


def history_of(challenge: Challenge, agreements: Sequence[NamedRow]) -> list[Happening]:
    """Return the public history of a challenge. `agreements` are rows of `queries.agreements`."""
    happenings = [Happening(challenge.published_at, gettext("Challenge published"))]
    if challenge.cancelled_at is None or (challenge.opens_at and challenge.opens_at <= challenge.cancelled_at):
        happenings.append(Happening(challenge.opens_at, gettext("Challenge opens for proposals")))
    happenings.append(cancelled(challenge) or Happening(challenge.closes_at, gettext("Challenge closes for proposals")))
    if opened := db.session.scalar(queries.opened_at(challenge.id)):
        happenings.append(Happening(opened, gettext("Proposals opened by two people")))
    for stage, released in db.session.execute(queries.released_outcomes(challenge.id)):
        happenings.append(Happening(released, gettext("%(stage)s: outcomes released to all applicants", stage=stage)))
    for agreement in agreements:
        who = name_of(agreement.company, agreement.company_now)
        happenings.append(
            Happening(
                agreement.activated_at, gettext("%(stage)s starts for %(company)s", stage=agreement.stage, company=who)
            )
        )
        if agreement.ended_at:
            happenings.append(
                Happening(
                    agreement.ended_at,
                    gettext("%(stage)s ends for %(company)s", stage=agreement.stage, company=who),
                    state=agreement.state,
                )
            )
    return in_time([happening for happening in happenings if happening.at is not None])
