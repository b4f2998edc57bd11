"""How dates, amounts and texts look: in the reader's locale and the programme's time zone, which is always named."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.lists import format_list
from flask import Flask, current_app
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from civtech.core import clock, workflow
from civtech.core.events import Referenced
from civtech.core.facts import Amount, Value
from civtech.core.policy import Policy
from civtech.core.text import Text
from civtech.web import formats, navigation
from civtech.web.actor import actor
from civtech.web.assets import asset
from civtech.web.gate import can
from civtech.web.idempotency import new_idempotency_key
from civtech.web.kept.declaring import only_for_this_reader
from civtech.web.kept.lifetime import lasts_until
from civtech.web.logs import request_id
from civtech.web.registries import panels
from civtech.web.translation import gettext, language, translated

URGENT = timedelta(hours=72)
MOMENT = timedelta(microseconds=1)


def locale() -> str:
    """The reader's language as an HTML `lang`."""
    return str(language().locale).replace("_", "-")


def zone() -> ZoneInfo:
    """The programme's time zone."""
    return ZoneInfo(current_app.config["PROGRAMME_TIMEZONE"])


def start_of(day: date) -> datetime:
    """The first instant of a day in the programme's zone."""
    return datetime.combine(day, time(0), tzinfo=zone())


def end_of(day: date) -> datetime:
    """The last minute of a day in the programme's zone."""
    return datetime.combine(day, time(23, 59), tzinfo=zone())


def programme_currency() -> str:
    """The currency of a round created now. Amounts have their own, so never show one in this."""
    currency: str = current_app.config["PROGRAMME_CURRENCY"]
    return currency


def money(pence: int | None, currency: str) -> str:
    """`£5,000`, with pence only if there are any, in the currency of the row it is from."""
    return "" if pence is None else formats.amount(pence, currency, language().locale)


def money_ex_vat(pence: int | None, currency: str) -> str:
    """`£5,000 excluding VAT`."""
    return gettext("%(amount)s excluding VAT", amount=money(pence, currency))


def tenths(exact: Fraction | float) -> str:
    """A score or an average to one decimal, so that it agrees with a verdict beside it."""
    return formats.tenths(exact, language().locale)


def together(amounts: Iterable[Amount]) -> str:
    """`£5,000`, or `€500 and £5,000`: totals in different currencies, one after the other, as they cannot be added."""
    return format_list([money(each.pence, each.currency) for each in amounts], locale=language().locale)


def is_over(day: date) -> bool:
    """Whether a day has ended in the programme's zone. A page that says no lasts until it has."""
    ends = start_of(day + timedelta(days=1))
    if clock.now() >= ends:
        return True
    lasts_until(ends)
    return False


def _clock_words(local: datetime) -> str:
    return gettext("noon") if local.time() == time(12) else formats.time_of_day(local, language().locale)


def instant(when: datetime | None) -> str:
    """`noon on Friday 12 March 2027 (UK time)`."""
    if when is None:
        return ""
    local = when.astimezone(zone())
    day = formats.calendar_day(local.date(), "EEEE d MMMM y", language().locale)
    zone_name = translated(Text(current_app.config["PROGRAMME_ZONE_NAME"]))
    if local.time() == time(0):
        return gettext("midnight at the start of %(day)s (%(zone)s)", day=day, zone=zone_name)
    return gettext("%(time)s on %(day)s (%(zone)s)", time=_clock_words(local), day=day, zone=zone_name)


def day(when: datetime | date | None) -> str:
    """`12 March 2027`."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone(zone()).date()
    return formats.calendar_day(when, "d MMMM y", language().locale)


def relative(when: datetime | None) -> str:
    """`in 3 days`, `2 hours ago`. A page that says it lasts until the words change, and no longer than `when`."""
    if when is None:
        return ""
    now = clock.now()
    lasts_until(formats.distance_until(when, now, zone()))
    if when > now:
        lasts_until(when)
    return formats.distance(when, now, zone(), language().locale)


def is_urgent(when: datetime | None) -> bool:
    """Whether fewer than 72 hours are left, or none. A page that says no lasts until then."""
    if when is None:
        return False
    begins = when - URGENT + MOMENT
    if clock.now() >= begins:
        return True
    lasts_until(begins)
    return False


def shown_request_id() -> str:
    """The id of this request, for error pages."""
    only_for_this_reader()
    return request_id()


def iso(when: datetime | date | None) -> str:
    """The date or time for machines. HTML allows three digits of a second; whole seconds are enough."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="seconds")
    return when.isoformat() if when else ""


def paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs. Everything is escaped."""
    blocks = [block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n")]
    return Markup("").join(
        Markup('<p class="govuk-body">{}</p>').format(Markup("<br>").join(escape(line) for line in block.split("\n")))
        for block in blocks
        if block
    )


def local_moment(when: datetime) -> str:
    """Day and minute for tables: `12 Mar 2027, 12:00 (UK time)`."""
    return str(
        gettext(
            "%(moment)s (%(zone)s)",
            moment=formats.moment(when, "d MMM y, HH:mm", zone(), language().locale),
            zone=translated(Text(current_app.config["PROGRAMME_ZONE_NAME"])),
        )
    )


def said(value: Value | None) -> str:
    """The value of a fact as pages show it."""
    if value is None:
        return ""
    if isinstance(value, Text):
        return translated(Text(value.message, {name: said(each) for name, each in value.parameters.items()}))
    if isinstance(value, Amount):
        return (money_ex_vat if value.ex_vat else money)(value.pence, value.currency)
    if isinstance(value, datetime):
        return instant(value)
    return day(value) if isinstance(value, date) else str(value)


def may(policy: Policy, verb: str, subject: Referenced) -> bool:
    """Whether selecting the button for `verb` would work: it is allowed, and possible now."""
    return can(policy, subject) and workflow.possible(subject, verb, clock.now())


def init(app: Flask) -> None:
    filters = {
        "day": day,
        "instant": instant,
        "iso": iso,
        "local_moment": local_moment,
        "money": money,
        "money_ex_vat": money_ex_vat,
        "number": lambda value: formats.number(value, language().locale),
        "paragraphs": paragraphs,
        "percent": lambda share: formats.percent(share, language().locale),
        "relative": relative,
        "said": said,
        "t": translated,
        "tenths": tenths,
        "together": together,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        account_navigation=lambda: navigation.entries("account", actor()),
        asset=asset,
        can=can,
        csrf_token=generate_csrf,
        demo_mode=app.config["CIVTECH_DEMO"],
        footer_navigation=lambda: navigation.entries("footer", actor()),
        is_over=is_over,
        is_urgent=is_urgent,
        locale=locale,
        may=may,
        navigation=lambda: navigation.entries("main", actor()),
        new_idempotency_key=new_idempotency_key,
        now=lambda: clock.now(),  # noqa: PLW0108 - looks the clock up on each call, as the filters do
        programme_contact=app.config["PROGRAMME_CONTACT"],
        panels=lambda page, subject: panels(page, actor(), subject),
        request_id=shown_request_id,
        site_name=app.config["PROGRAMME_NAME"],
        static_url=asset,
    )
