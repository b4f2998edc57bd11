"""States as choices."""

from wtforms.fields.choices import SelectChoice

from civtech.core.state import State
from civtech.web.translation import lazy_gettext as _l


def choices(*members: State) -> list[SelectChoice]:
    """The members as choices, each with its label."""
    return [SelectChoice(value=str(member.value), label=_l(member.label.message)) for member in members]
