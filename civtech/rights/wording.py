"""A rights statement in plain English, for pages and certificates."""

from civtech.core.text import Text
from civtech.rights.models import EQUITY, LICENCE, RightsStatement
from civtech.web.forms import translated
from civtech.web.translation import gettext as _
from civtech.web.translation import ngettext

Row = dict[str, str]


def certificate_lines(statement: RightsStatement) -> list[Row]:
    """Return the few lines of the certificate."""
    items = len(statement.background)
    listed = ngettext("%(num)s item, kept by its owner", "%(num)s items, kept by their owners", items)
    return [
        {"label": _("Background IP"), "text": listed if items else _("None listed")},
        {"label": _("Foreground IP"), "text": _("The company")},
        {"label": _("Licence"), "text": statement.licence_scope},
        {"label": _("Equity"), "text": _("None: no shares, options, convertibles, loans, royalties or board seat")},
    ]


def licence_rows(statement: RightsStatement) -> list[Row]:
    """Return a row for each term of the licence."""
    return [
        {"key": translated(Text(label)), "value": getattr(statement, f"licence_{term}")}
        for term, label in LICENCE.items()
    ]


def equity_rows(statement: RightsStatement) -> list[Row]:
    """Return a row for each form of equity, saying that it is none."""
    return [
        {"key": translated(Text(label)), "value": _("None") if getattr(statement, name) == "none" else "?"}
        for name, label in EQUITY.items()
    ]
