"""What no name holds: pages and mails repeat names to other people, so they carry no link and hide nothing."""

from civtech.core.errors import RuleViolation
from civtech.core.signs import unprintable
from civtech.core.text import N_


def refuse_bad_name(name: str, *, field: str = "name") -> None:
    """Refuse a name with a web address, a line break or a sign that cannot be seen in it."""
    if "://" in name:
        raise RuleViolation(N_("The name must not include a web address. Remove “://”."), field=field)
    if unprintable(name):
        raise RuleViolation(N_("Remove line breaks and invisible characters."), field=field)
