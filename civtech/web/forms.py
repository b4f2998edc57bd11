"""Forms check shape; models check rules. What a model refuses is shown on the same page with everything typed."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from wtforms import Field, HiddenField, SubmitField
from wtforms.validators import Length

from civtech.core.errors import RuleViolation
from civtech.core.text import Text
from civtech.web.idempotency import new_idempotency_key


def translated(text: Text | str) -> str:
    """`text` in the reader's language; what is a string already, or becomes one late, stays as it is."""
    if not isinstance(text, Text):
        return str(text)
    parameters = {
        name: translated(value) if isinstance(value, Text) else value for name, value in text.parameters.items()
    }
    return str(gettext(text.message, **parameters))


class Form(FlaskForm):
    """A form of this platform. `refused()` puts a broken rule beside its field, or above the form."""

    def refused(self, violation: RuleViolation) -> None:
        """Show why the model said no."""
        message = translated(violation.text)
        if violation.field and violation.field in self._fields:
            field: Field = self._fields[violation.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


class CreationForm(Form):
    """A form that creates something: sent twice, it creates once."""

    idempotency_key = HiddenField(validators=[Length(min=8, max=64)], filters=[lambda value: value or None])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.idempotency_key.data and not self.is_submitted():
            self.idempotency_key.data = new_idempotency_key()


def submit(label: str) -> SubmitField:
    """The one button of a form."""
    return SubmitField(label, widget=GovSubmitInput())


__all__ = ["CreationForm", "Form", "lazy_gettext", "submit", "translated"]
