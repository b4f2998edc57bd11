"""Values written in a language. Most are remembered, because pages show the same ones again."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent

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


@remembered
def number(value: int | float | Decimal, locale: Locale | None) -> str:
    """`1,204`."""
    return format_decimal(value, locale=locale)


@remembered
def percent(share: float | Decimal, locale: Locale | None) -> str:
    """`61%`."""
    return format_percent(share, format="#,##0%", locale=locale)
