"""Retention: how long each person's data is kept, and erasing it when every period has ended."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from civtech.core import personal
from civtech.core.db import db
from civtech.core.events import emit
from civtech.people.models import User, people
from civtech.privacy import queries
from civtech.privacy.categories import STRONGEST_FIRST, TRACES, before
from civtech.privacy.events import OldDataSwept
from civtech.privacy.models import Erasure, ErasureGround
from civtech.privacy.models.hold import held_people

Years = Mapping[str, int]
A_HOLD = "a hold"
UNFINISHED_WORK = "unfinished work"


@dataclass
class Report:
    """The result of a run: erased people by category, people who could not be erased, and rows by kind."""

    erased: Counter[str] = field(default_factory=Counter)
    prevented: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)


def run_out(years: Years, at: datetime) -> dict[int, str]:
    """Return the ids of people whose every period has ended, with the category that kept them longest."""
    still_needed: set[int] = set()
    categories_of: defaultdict[int, set[str]] = defaultdict(set)
    for category, query in personal.engagements():
        limit = before(at, years[category])
        for person, ended_at in db.session.execute(query):
            categories_of[person].add(category)
            if ended_at is None or ended_at > limit:
                still_needed.add(person)
    gone = set(db.session.scalars(select(Erasure.person_id)))
    strongest = [category.key for category in STRONGEST_FIRST]
    return {
        person: next(key for key in strongest if key in categories)
        for person, categories in sorted(categories_of.items())
        if person not in still_needed and person not in gone
    }


def apply(years: Years, at: datetime) -> Report:
    """Erase people on request or at the end of their period, then sweep old records. Holds and hindrances stop it."""
    report = Report()
    held = set(db.session.scalars(held_people(at)))
    due = {
        request.person_id: ErasureGround.REQUEST for request in db.session.scalars(queries.due_requests(at)).unique()
    }
    categories = dict.fromkeys(due, "asked") | {
        person: category for person, category in run_out(years, at).items() if person not in due
    }
    report.prevented[A_HOLD] = sum(number in held for number in categories)
    waiting = [number for number in categories if number not in held]
    while erased := [number for number in waiting if _erase(number, due.get(number, ErasureGround.RETENTION), at)]:
        report.erased.update(categories[number] for number in erased)
        waiting = [number for number in waiting if number not in erased]
    report.prevented[UNFINISHED_WORK] = len(waiting)
    report.rows.update(personal.sweep(before(at, years[TRACES.key]), held_people(at)))
    if swept := {name: count for name, count in report.rows.items() if count}:
        emit(OldDataSwept(subject=None, by=None, at=at, facts={"rows": swept}))
    return report


def _erase(number: int, ground: ErasureGround, at: datetime) -> bool:
    """Erase the person unless something must be done first. Owners go after their organisation's other people."""
    person = db.session.scalars(people().where(User.id == number)).unique().one()
    if personal.hindrances(person, at):
        return False
    Erasure.carry_out(person, ground=ground, by=None, at=at)
    return True
