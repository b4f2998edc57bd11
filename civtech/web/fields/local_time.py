"""Dates and times as people type them, in the programme's time zone. Impossible ones are refused with a sentence."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from babel import Locale
from babel.dates import get_month_names

from civtech.core.digits import in_ordinary_digits
from civtech.web import formats
from civtech.web.display import day as day_words
from civtech.web.display import zone
from civtech.web.translation import gettext, language

FIRST_YEAR, LAST_YEAR = 1900, 2199
NOON = time(12)
CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.]00)?)?(?:([ap])\.?m\.?)?", re.ASCII)
NOONS = frozenset({"noon", "midday"})
MIDNIGHTS = frozenset({"midnight", "midnightatthestart", "midnightatthestartoftheday"})
ENDS = frozenset({"24:00", "24.00", "24:00:00", "midnightattheend", "midnightattheendoftheday"})
TWELVE = re.compile(r"^12(?:[:.]00)?(?=\D)", re.ASCII)
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


def read_time(typed: str) -> timedelta:
    """The time typed as `12:00`, `17.30`, `5 pm`, `noon` or `midnight`, counted from the start of the day.

    Empty is noon. `midnight` is the start of the day, as pages write it, and `24:00` its end. Raises `ValueError` with
    the sentence to show.
    """
    text = _squeezed(typed)
    if not text or _is_one_of(text, NOONS, gettext("noon")):
        return timedelta(hours=NOON.hour)
    if _is_one_of(text, MIDNIGHTS, gettext("midnight")):
        return timedelta(0)
    if text in ENDS:
        return timedelta(days=1)
    if (match := CLOCK.fullmatch(text)) is None:
        return _as_the_language_writes_it(text)
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0) if 1 <= hour <= 12 else 24
    elif match[2] is None:
        hour = 24
    if hour > 23 or minute > 59:
        raise _unreadable()
    return timedelta(hours=hour, minutes=minute)


def _squeezed(typed: str) -> str:
    return "".join(typed.split()).lower()


def _is_one_of(text: str, words: frozenset[str], in_this_language: str) -> bool:
    """Whether `text` is one of the words, alone or after `12` or `12:00`."""
    return TWELVE.sub("", text) in {*words, _squeezed(in_this_language)}


def _as_the_language_writes_it(text: str) -> timedelta:
    """The time of day that pages in the reader's language write as `text`."""
    minute = _written(language().locale).get(text)
    if minute is None:
        raise _unreadable()
    return timedelta(minutes=minute)


@cache
def _written(locale: Locale | None) -> dict[str, int]:
    """How a language writes each minute of a day, and which minute that is."""
    day = datetime(2027, 1, 1, tzinfo=UTC)
    return {
        in_ordinary_digits(_squeezed(formats.time_of_day(day + timedelta(minutes=minute), locale))): minute
        for minute in range(24 * 60)
    }


def _unreadable() -> ValueError:
    return ValueError(gettext("Enter a time, such as 12:00, 17:30 or 5:30pm."))


def read_instant(day: date, typed: str) -> datetime:
    """The UTC instant of a local time. `ValueError` if a clock change makes it missing or ambiguous."""
    days, rest = divmod(read_time(typed), timedelta(days=1))
    day += timedelta(days=days)
    at = time(*divmod(rest // timedelta(minutes=1), 60))
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
