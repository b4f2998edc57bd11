"""Values written in a language. Most are remembered, because pages show the same ones again."""

from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import Literal, TypeAlias

from babel import Locale
from babel.dates import TIMEDELTA_UNITS, format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent

SECOND = timedelta(seconds=1)
Unit: TypeAlias = Literal["year", "month", "week", "day", "hour", "minute", "second"]

SIZES = dict(TIMEDELTA_UNITS)  # in seconds, from a year to a second
DAY = SIZES["day"]
ANY = 10**9  # more than any number of a larger unit, so that the unit we ask for is the one that is used
SHORT: tuple[tuple[Unit, int], ...] = (("hour", SIZES["hour"]), ("minute", SIZES["minute"]), ("second", 1))
LONG: tuple[tuple[Unit, float, int], ...] = (
    ("year", 365.25, 730),
    ("month", 30.4375, 84),
    ("week", 7, 14),
    ("day", 1, 1),
)
"""Units with their days, and from how many days on each is used."""

remembered = lru_cache(maxsize=4096)


@remembered
def amount(pence: int, currency: str, locale: Locale | None) -> str:
    """`£5,000`, with pence only if there are any."""
    pattern = "¤#,##0.00" if pence % 100 else "¤#,##0"
    return str(format_currency(Decimal(pence) / 100, currency, format=pattern, locale=locale, currency_digits=False))


@remembered
def calendar_day(when: date, pattern: str, locale: Locale | None) -> str:
    """The day, in a pattern of Unicode's date formats."""
    return format_date(when, pattern, locale=locale)


@remembered
def moment(when: datetime, pattern: str, zone: tzinfo, locale: Locale | None) -> str:
    """Day and time in a zone, in a pattern of Unicode's date formats."""
    return format_datetime(when, pattern, tzinfo=zone, locale=locale)


@remembered
def time_of_day(local: datetime, locale: Locale | None) -> str:
    """`9:30am`, or as short as the language writes it."""
    pattern = "h:mma" if str(locale) == "en_GB" else "short"
    return format_time(local.timetz(), pattern, tzinfo=local.tzinfo, locale=locale).lower().replace(" ", "")


def _counted(when: datetime, now: datetime, zone: tzinfo) -> tuple[int, Unit]:
    """How far `when` is from `now`: a number and its unit. Whole hours within a day, otherwise days of the calendar."""
    seconds = abs(when - now) // SECOND
    if seconds < DAY:
        return next((max(1, seconds // size), unit) for unit, size in SHORT if seconds >= size or size == 1)
    days = max(1, abs((when.astimezone(zone).date() - now.astimezone(zone).date()).days))
    return next((max(1, round(days / size)), unit) for unit, size, least in LONG if days >= least)


def distance(when: datetime, now: datetime, zone: tzinfo, locale: Locale | None) -> str:
    """`in 3 days`, `2 hours ago`. Instants on one day of the calendar, a day or more away, have the same words."""
    number, unit = _counted(when, now, zone)
    apart = timedelta(seconds=number * SIZES[unit])
    return format_timedelta(
        apart if when >= now else -apart, granularity=unit, threshold=ANY, add_direction=True, locale=locale
    )


def distance_until(when: datetime, now: datetime, zone: tzinfo) -> datetime:
    """Until when `distance` says the same, at least: it can change at this instant, and not before."""
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(0), tzinfo=zone)
    number, unit = _counted(when, now, zone)
    if unit not in dict(SHORT):
        within_a_day = when - DAY * SECOND + timedelta(microseconds=1)
        return min(midnight, within_a_day) if within_a_day > now else midnight
    if when >= now:
        least = 0 if (number, unit) == (1, "second") else number * SIZES[unit]
        return when - least * SECOND + timedelta(microseconds=1)
    return when + (number + 1) * SIZES[unit] * SECOND


@remembered
def number(value: int | float | Decimal, locale: Locale | None) -> str:
    """`1,204`."""
    return format_decimal(value, locale=locale)


@remembered
def percent(share: float | Decimal, locale: Locale | None) -> str:
    """`61%`. Only nothing is 0% and only everything is 100%: a share that rounds to either is the nearest other."""
    whole = round(share * 100)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)
    return format_percent(Decimal(whole) / 100, format="#,##0%", locale=locale)


@remembered
def tenths(exact: Fraction | float, locale: Locale | None) -> str:
    """`59.9`, never rounded up: a score below a whole mark is also shown below it."""
    precise = Fraction(exact).limit_denominator(10**6)
    return format_decimal(Decimal(floor(precise * 10)) / 10, format="0.0", locale=locale)
