"""States as choices."""

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from civtech.core.state import State


def choices(*members: State) -> list[SelectChoice]:
    """The members as choices, each with its label."""
    return [SelectChoice(value=str(member.value), label=_l(member.label.message)) for member in members]
