"""Unusual dates of an agreement or its milestones: allowed, but the form asks before it saves them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from civtech.core.text import N_, Text
from civtech.programmes.models import Stage
from civtech.stages.models.milestone import Milestone

LONG_PAST = timedelta(days=31)
FAR_AHEAD = timedelta(days=366)


def odd_dates(
    starts_on: date,
    ends_on: date,
    *,
    stage: Stage,
    chosen_on: date | None,
    today: date,
    milestones: Sequence[Milestone] = (),
) -> Iterator[Text]:
    """Return what to ask about an agreement from `starts_on` to `ends_on` for a team that was chosen on `chosen_on`."""
    if ends_on < today:
        yield Text(N_("The agreement ends on %(day)s, which is in the past."), {"day": ends_on})
    elif starts_on < today - LONG_PAST:
        yield Text(N_("The agreement starts on %(day)s, which is more than a month ago."), {"day": starts_on})
    if chosen_on and starts_on < chosen_on:
        days = {"day": starts_on, "chosen": chosen_on}
        yield Text(N_("The agreement starts on %(day)s, before the team was chosen on %(chosen)s."), days)
    if starts_on > today + FAR_AHEAD:
        yield Text(N_("The agreement starts on %(day)s, more than a year from now."), {"day": starts_on})
    weeks = round((ends_on - starts_on).days / 7)
    if stage.weeks and weeks > 2 * stage.weeks + 4:
        said_weeks = {"weeks": weeks, "planned": stage.weeks}
        yield Text(N_("The agreement runs for %(weeks)s weeks, but the stage is %(planned)s weeks long."), said_weeks)
    for milestone in milestones:
        if not starts_on <= milestone.due_on <= ends_on:
            yield Text(
                N_("Milestone %(number)s is due on %(due)s, outside the dates of the agreement."),
                {"number": milestone.number, "due": milestone.due_on},
            )


def odd_due(due_on: date, *, starts_on: date, ends_on: date, today: date) -> Iterator[Text]:
    """Return what to ask about a milestone due on `due_on`, in an agreement from `starts_on` to `ends_on`."""
    if due_on < starts_on:
        days = {"due": due_on, "day": starts_on}
        yield Text(N_("The milestone is due on %(due)s, before the agreement starts on %(day)s."), days)
    elif due_on > ends_on:
        days = {"due": due_on, "day": ends_on}
        yield Text(N_("The milestone is due on %(due)s, after the agreement ends on %(day)s."), days)
    if due_on < today - LONG_PAST:
        yield Text(N_("The milestone is due on %(due)s, which is more than a month ago."), {"due": due_on})
