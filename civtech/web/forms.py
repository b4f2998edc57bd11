"""Forms check shape; models check rules. What a model refuses is shown on the same page with everything typed."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, StringField, SubmitField, TextAreaField
from wtforms.validators import Length

from civtech.core.errors import LostRace, RuleViolation
from civtech.core.text import N_, Text
from civtech.core.workflow import ended_because
from civtech.web import unsent
from civtech.web.idempotency import new_idempotency_key
from civtech.web.transaction import is_write

CHANGED = N_(
    "This was changed after you opened the page: it is now “%(state)s”. Nothing was done. "
    "Look at it again before you decide."
)


LONGEST_LINE = 1000
LONGEST_TEXT = 100_000
HIDDEN_EVERYWHERE = frozenset({"csrf_token", "idempotency_key", "seen"})


def translated(text: Text | str) -> str:
    """`text` in the reader's language; what is a string already, or becomes one late, stays as it is."""
    if not isinstance(text, Text):
        return str(text)
    parameters = {
        name: translated(value) if isinstance(value, Text) else value for name, value in text.parameters.items()
    }
    return str(gettext(text.message, **parameters))


def _limits_nothing(field: Field) -> bool:
    """Whether a field for words says nothing about its length; what is hidden is compared, not typed."""
    takes_words = isinstance(field, StringField) and not isinstance(field, HiddenField)
    limited = hasattr(field, "most") or any(isinstance(check, Length) for check in field.validators)
    return takes_words and not limited


class Form(FlaskForm):
    """A form of this platform. `refused()` puts a broken rule beside its field, or above the form.

    When its page is shown again after somebody had to sign in first, it holds what they had typed. A form that is
    sent with nothing in it is empty; it does not pass for one that says what stands already.
    """

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            wrapped = super().wrap_formdata(form, formdata)
            if wrapped is not None or formdata is None:
                return wrapped
            if is_write():
                return MultiDict()
            return unsent.given_back(set(form._fields) - HIDDEN_EVERYWHERE)

    _refused_with: int | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything is as it should be; a field that declares no limit of its own has a common one."""
        fine = bool(super().validate(extra_validators))
        for field in self:
            most = LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE
            if _limits_nothing(field) and len(field.data or "") > most:
                field.errors = [*field.errors, gettext("This can have at most %(most)s characters.", most=most)]
                fine = False
        return fine

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 200, or why it is shown again."""
        return self._refused_with or (422 if self.errors else 200)

    def refuse_if_changed(self) -> None:
        """Raise `LostRace` if what the form acts on is no longer what its page showed; a plain form showed nothing."""

    def refused(self, violation: RuleViolation) -> None:
        """Show why the model said no."""
        self._refused_with = violation.status
        message = translated(violation.text)
        if violation.field and violation.field in self._fields:
            field: Field = self._fields[violation.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


class SeenForm(Form):
    """A form that acts on `noun` as its page showed it: `seen` says how it stood then, and it must stand so still."""

    seen = HiddenField()

    def __init__(self, noun: Any, **options: Any) -> None:
        self.noun = noun
        super().__init__(**options)
        if not self.is_submitted() or options.get("formdata", self) is None:
            self.seen.data = self.present()

    def present(self) -> str:
        """What `seen` says of the noun as it stands: its version, or a digest of what else was on the page."""
        return str(self.noun.version)

    def lost(self) -> LostRace:
        """What to say when it stands otherwise by now."""
        if (ended := ended_because(self.noun)) is not None:
            return LostRace(ended.message, **ended.parameters)
        return LostRace(CHANGED, state=self.noun.state.label)

    def refuse_if_changed(self) -> None:
        if self.seen.data != self.present():
            raise self.lost()

    def refused(self, violation: RuleViolation) -> None:
        """Show why; after a 409 the page shows how things stand, so that sending it again means them."""
        super().refused(violation)
        if violation.status == LostRace.status:
            self.seen.data = self.present()


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


__all__ = ["CreationForm", "Form", "SeenForm", "lazy_gettext", "submit", "translated"]
