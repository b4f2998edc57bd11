"""Values written in a language. Most are remembered, because pages show the same ones again."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from babel import Locale
from babel.dates import TIMEDELTA_UNITS, format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent

SECOND = timedelta(seconds=1)
UNITS = tuple(seconds for _name, seconds in TIMEDELTA_UNITS)  # from a year to a second

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


def distance(apart: timedelta, locale: Locale | None) -> str:
    """`in 3 days`, `2 hours ago`."""
    return format_timedelta(apart, add_direction=True, locale=locale, threshold=1.2)


def lasts(apart: timedelta) -> timedelta:
    """How long `distance` says the same as the instant comes closer or the time since it grows."""
    return apart - (_next_in_other_words(apart // SECOND) + 1) * SECOND + timedelta(microseconds=1)


def _next_in_other_words(seconds: int) -> int:
    """The next lower number of whole seconds that has other words.

    The words name the largest unit of which there are at least 1.2, and round to whole ones, halves to the even one.
    """
    count = abs(seconds)
    place = next(place for place, unit in enumerate(UNITS) if 5 * count >= 6 * unit or unit == 1)
    unit = UNITS[place]
    if unit == 1:
        return seconds - 1
    number = round(count / unit)
    inside = unit // 2 - number % 2
    if seconds >= 0:
        return max(number * unit - inside, 6 * unit // 5) - 1
    beyond = number * unit + inside + 1
    return -min(beyond, 6 * UNITS[place - 1] // 5) if place else -beyond


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
