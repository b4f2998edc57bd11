"""Emails about rounds: to the public bodies with challenges in them, and to programme staff."""

from collections.abc import Iterable
from typing import TypeAlias

from civtech.core.db import db
from civtech.core.events import AnyFacts, Event
from civtech.core.text import N_, Text
from civtech.notifications import queries
from civtech.notifications.naming import IN_FULL, Facts, Line, Link, named
from civtech.notifications.recipients import who_may
from civtech.notifications.telling import tells
from civtech.people.models import ProgrammeRole
from civtech.programmes import policy
from civtech.programmes.events import CriteriaChanged, RoundFinished, RoundOpened, StageFiguresChanged
from civtech.programmes.models import Round, Stage

OfRound: TypeAlias = Event[Round, AnyFacts]
OfStage: TypeAlias = Event[Stage, AnyFacts]

OWN: Link = ("challenges.manage", {})


def of_round(seen: Round, link: Link, *lines: Line) -> Facts:
    full = Text(IN_FULL, {"name": seen.name, "reference": seen.reference})
    return named(seen.name, seen.reference, link, (N_("Round"), full), *lines) | {"round": seen.name}


def staff_of_the_round(event: OfRound) -> Iterable[int]:
    """Programme staff who may close the round."""
    return who_may(policy.finish_round, event.subject, ProgrammeRole.STAFF)


def sponsors_in_the_round(event: OfRound) -> Iterable[int]:
    """Owners, authors and approvers of the public bodies with a challenge in the round."""
    return db.session.scalars(queries.sponsors_in(event.subject.id)).all()


def sponsors_who_draft(event: OfStage) -> Iterable[int]:
    """Owners, authors and approvers of the public bodies with a challenge in the round."""
    return db.session.scalars(queries.sponsors_in(event.subject.round_id)).all()


def round_of(event: OfStage) -> str:
    return event.subject.round.reference


@tells(StageFiguresChanged, CriteriaChanged, to=sponsors_who_draft, words="round_changed", once=round_of)
def changed(event: OfStage) -> Facts:
    stage = event.subject
    return of_round(stage.round, OWN, (N_("Stage"), stage.name))


@tells(RoundOpened, to=sponsors_in_the_round, words="round_opened")
def opened(event: RoundOpened) -> Facts:
    return of_round(event.subject, OWN)


@tells(RoundFinished, to=staff_of_the_round, words="round_closed")
def closed_for_staff(event: RoundFinished) -> Facts:
    page = ("programmes.round", {"reference": event.subject.reference})
    return of_round(event.subject, page) | {"closed_at": event.at, "side": "programme"}


@tells(RoundFinished, to=sponsors_in_the_round, words="round_closed")
def closed_for_sponsors(event: RoundFinished) -> Facts:
    return of_round(event.subject, OWN) | {"closed_at": event.at, "side": "sponsor"}
