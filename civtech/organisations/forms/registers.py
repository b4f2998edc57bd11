"""Choosing a register: one list in which each register is under the name of its country."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from civtech.organisations.models import IdentifierScheme
from civtech.organisations.models.kinds import ANYWHERE
from civtech.web.translation import Label, gettext, language
from civtech.web.translation import lazy_gettext as _l

FOR_COMPANIES = tuple(scheme for scheme in IdentifierScheme if scheme is not IdentifierScheme.PROCUREMENT)
FIRST = ("GB", ANYWHERE)
"""Listed before the other countries: the UK, and registers for companies of any country."""


def register_field(hint: Label, registers: Iterable[IdentifierScheme], *, none: Label | None = None) -> SelectField:
    """The country and the register of a number. A browser finds an entry by the first letters of its country."""
    offered = tuple(registers)
    without = [SelectChoice(value="", label=none)] if none else []
    return SelectField(
        _l("Country and register"),
        description=hint,
        widget=GovSelect(),
        choices=lambda: [*without, *_under_their_countries(offered)],
        default="",
    )


def _under_their_countries(registers: Iterable[IdentifierScheme]) -> list[SelectChoice]:
    def place(scheme: IdentifierScheme) -> tuple[int, str]:
        at = FIRST.index(scheme.country) if scheme.country in FIRST else len(FIRST)
        return at, "" if scheme.country in FIRST else _country(scheme)

    return [
        SelectChoice(value=str(scheme.value), label=f"{_country(scheme)}: {gettext(scheme.label.message)}")
        for scheme in sorted(registers, key=place)
    ]


def _country(scheme: IdentifierScheme) -> str:
    locale = language().locale
    if scheme.country == ANYWHERE:
        return gettext("Any country")
    return str(locale.territories[scheme.country]) if locale else scheme.country
