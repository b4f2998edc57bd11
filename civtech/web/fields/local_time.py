"""Dates and times as people type them, in the programme's time zone. Impossible ones are refused with a sentence."""

import re
from datetime import UTC, date, datetime, time

from babel.dates import get_month_names

from civtech.web.display import day as day_words
from civtech.web.display import zone
from civtech.web.translation import gettext, language

FIRST_YEAR, LAST_YEAR = 1900, 2199
NOON = time(12)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)?", re.ASCII)
DIGITS = re.compile(r"\d{1,4}", re.ASCII)


def read_date(day: str, month: str, year: str) -> date:
    """The date typed in three parts. Raises `ValueError` with the sentence to show."""
    absent = [
        word
        for typed, word in ((day, gettext("a day")), (month, gettext("a month")), (year, gettext("a year")))
        if not typed
    ]
    if absent:
        raise ValueError(gettext("The date must include %(parts)s.", parts=f" {gettext('and')} ".join(absent)))
    if not DIGITS.fullmatch(year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(gettext("Enter the year with four digits, such as 2027."))
    try:
        return date(int(year), _month(month), int(day) if DIGITS.fullmatch(day) else 0)
    except ValueError:
        raise ValueError(gettext("Enter a real date, such as 27 3 2027.")) from None


def _month(typed: str) -> int:
    """The number of a month typed as `3`, `March` or `mar`; 0 if there is no such month."""
    if DIGITS.fullmatch(typed):
        return int(typed)
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale=language().locale).items():
            if typed.rstrip(".").casefold() in {name.casefold(), name[:3].casefold()}:
                return int(number)
    return 0


def read_time(typed: str) -> time:
    """The time typed as `12:00`, `17.30` or `5pm`; empty is noon. Raises `ValueError` with the sentence to show."""
    text = "".join(typed.split()).lower()
    if not text or text in {"noon", "midday", gettext("noon").lower()}:
        return NOON
    match = CLOCK.fullmatch(text)
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
    if match and match[3]:
        hour = hour % 12 + (12 if match[3] == "pm" else 0) if 1 <= hour <= 12 else 24
    elif match and match[2] is None:
        hour = 24
    if hour > 23 or minute > 59:
        raise ValueError(gettext("Enter a time, such as 12:00, 17:30 or 5:30pm."))
    return time(hour, minute)


def read_instant(day: date, at: time) -> datetime:
    """The UTC instant of a local time. `ValueError` if a clock change makes it missing or ambiguous."""
    local = datetime.combine(day, at, zone())
    instant = local.astimezone(UTC)
    words = {"time": at.strftime("%H:%M"), "day": day_words(day)}
    if instant.astimezone(zone()).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(
            gettext("%(time)s does not exist on %(day)s because the clocks go forward. Choose a later time.", **words)
        )
    if local.replace(fold=1).utcoffset() != local.utcoffset():
        raise ValueError(
            gettext(
                "%(time)s happens twice on %(day)s because the clocks go back. Choose an earlier or a later time.",
                **words,
            )
        )
    return instant
