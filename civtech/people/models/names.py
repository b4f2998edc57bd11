"""Rules for names. Pages and emails show names to other people, so they must not carry links or hide anything."""

from civtech.core.blank import NOTHING_TO_SEE, is_blank
from civtech.core.errors import RuleViolation
from civtech.core.signs import refuse_hidden
from civtech.core.text import N_


def refuse_bad_name(name: str, *, field: str = "name") -> None:
    """Refuse a name that contains a web address, a line break or an invisible character, or has nothing to see."""
    if is_blank(name):
        raise RuleViolation(NOTHING_TO_SEE, field=field)
    if "://" in name:
        raise RuleViolation(N_("The name must not include a web address. Remove “://”."), field=field)
    refuse_hidden(name, field=field)
