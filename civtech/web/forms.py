"""Forms check the shape of input; models check rules. If a model refuses, the page says why and keeps the input."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, cast

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovSubmitInput
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from civtech.core.errors import LostRace, RuleViolation, WrongState
from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.core.workflow import ended_because
from civtech.web import seen, unsent
from civtech.web.display import said
from civtech.web.idempotency import new_idempotency_key
from civtech.web.transaction import is_write
from civtech.web.translation import gettext, lazy_gettext, translated

CHANGED = N_(
    "Someone changed this while you had the page open, and nothing was done. The status is now “%(state)s”. "
    "Check it before you decide."
)
FACTS_CHANGED = N_(
    "Someone changed this while you had the page open, and nothing was done. Check what changed, then try again."
)

LONGEST_LINE = 1000
LONGEST_TEXT = 100_000
HIDDEN_EVERYWHERE = frozenset({"csrf_token", "idempotency_key", "seen"})


def _limits_nothing(field: Field) -> bool:
    """Whether a text field has no length limit of its own. Hidden fields do not count: they are compared, not typed."""
    takes_words = isinstance(field, StringField) and not isinstance(field, HiddenField)
    limited = hasattr(field, "most") or any(isinstance(check, Length) for check in field.validators)
    return takes_words and not limited


class Form(FlaskForm):
    """The base form of the platform. `refused()` shows a broken rule beside its field, or above the form.

    If a person had to sign in before we could accept the form, it contains what they typed when its page is next shown.
    A form sent with no data is empty: it does not fall back to the current values.
    """

    changes_nothing = False
    """Whether sending it only reads. Such a form has no token and no key, so that its page can be kept."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: object) -> MultiDict[str, str] | None:
            wrapped: MultiDict[str, str] | None = super().wrap_formdata(form, formdata)
            if wrapped is not None or formdata is None:
                return wrapped
            if is_write():
                return MultiDict()
            return unsent.given_back(set(form._fields) - HIDDEN_EVERYWHERE)

    _refused_with: int | None = None
    is_over = False
    """Whether the model refused because it is too late for this act. The page then offers no button to try again."""

    def validate(self, extra_validators: object = None) -> bool:
        """Whether the input is valid. A text field with no limit of its own gets the common one."""
        fine = bool(super().validate(extra_validators))
        for field in self:
            most = LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE
            if _limits_nothing(field) and len(field.data or "") > most:
                field.errors = [*field.errors, gettext("This must be %(most)s characters or fewer.", most=most)]
                fine = False
        return fine

    @property
    def status(self) -> int:
        """The status of the page that shows the form: 200, or the reason it is shown again."""
        return self._refused_with or (422 if self.errors else 200)

    def refuse_if_changed(self) -> None:
        """Raise `LostRace` if what the form acts on has changed since its page was shown. Does nothing here."""

    def refused(self, violation: RuleViolation) -> None:
        """Show why the model refused."""
        self._refused_with = violation.status
        self.is_over = isinstance(violation, WrongState) and violation.field is None
        message = translated(violation.text)
        if violation.field and violation.field in self._fields:
            field: Field = self._fields[violation.field]
            field.errors = [*field.errors, message]
        else:
            self.form_errors.append(message)


class Changing(Protocol):
    """What a form can act on: it has a version, and may have a state."""

    @property
    def version(self) -> int: ...


class SeenForm(Form):
    """A form that acts on `noun` as its page showed it: `seen` records what was shown, and must still match.

    What the action binds is `about`, a function that lists the facts, or `binds()` of a subclass. The page shows them,
    `seen` carries them, and a 409 says what changed, with the old and new values. A form that binds nothing compares
    the noun's version.
    """

    noun: object
    seen = HiddenField()
    _facts: tuple[Fact, ...] | None = None
    differences: Sequence[str] = ()
    """What changed since the page was shown, one sentence each. They explain the one problem there is."""

    def __init__(self, noun: object, about: Callable[[], Iterable[Fact]] | None = None, /, **options: object) -> None:
        self.noun, self._about = noun, about
        super().__init__(**options)
        if not self.is_submitted() or options.get("formdata", self) is None:
            self.seen.data = self.present()

    def binds(self) -> Iterable[Fact]:
        """Everything the action binds, with its current values, in page order."""
        return self._about() if self._about else ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What `binds()` listed when it was last asked: once for a page, and again after a refusal."""
        if self._facts is None:
            self._facts = tuple(self.binds())
        return self._facts

    def present(self) -> str:
        """The current value for `seen`: the facts that the action binds, or else the noun's version."""
        return seen.token(self.facts) if self.facts else str(cast("Changing", self.noun).version)

    def renew(self) -> None:
        """Carry what is true now, because the page that comes next shows that."""
        self._facts = None
        self.seen.data = self.present()

    def lost(self) -> LostRace:
        """The error for a noun that has changed."""
        if (ended := ended_because(self.noun)) is not None:
            return LostRace(ended)
        state = getattr(self.noun, "state", None)
        if self.facts or state is None:
            return LostRace(FACTS_CHANGED)
        return LostRace(CHANGED, state=state.label)

    def refuse_if_changed(self) -> None:
        """Compare what the page showed with what is true now, once this request can no longer be overtaken."""
        self._facts = None
        present = self.present()
        if self.facts:
            seen.compared()
        if self.seen.data != present:
            raise self.lost()

    def refused(self, violation: RuleViolation) -> None:
        """Show why. After a 409, the page shows what changed; sending the form again accepts the current values."""
        super().refused(violation)
        self._facts = None
        if violation.status == LostRace.status:
            self.differences = seen.changes(self.seen.data or "", self.facts)
            self.renew()


class AskingForm(Form):
    """A form that asks for confirmation of unusual values: `doubts()` lists them, and a checkbox confirms them.

    The checkbox only confirms the doubts that were shown. The form asks again about any others.
    """

    sure = SelectMultipleField(
        lazy_gettext("Check what you entered"), widget=GovCheckboxesInput(), validate_choice=False
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if not self.is_submitted():
            del self.sure

    def doubts(self) -> Iterable[Text]:
        """What is unusual about the values, once each of them is valid."""
        return ()

    def validate(self, extra_validators: object = None) -> bool:
        fine = bool(super().validate(extra_validators))
        doubts = [said(doubt) for doubt in self.doubts()] if fine else []
        if not doubts:
            del self.sure
            return fine
        answer = hashlib.sha256("\n".join(doubts).encode()).hexdigest()
        self.sure.choices = [SelectChoice(value=answer, label=lazy_gettext("Yes, this is correct"))]
        if answer in (self.sure.data or []):
            return True
        self.sure.data = []
        self.sure.errors = [lazy_gettext("Select “Yes, this is correct” to save it, or change what you entered.")]
        self.form_errors += doubts
        return False


class CreationForm(Form):
    """A form that creates something. If it is sent twice, it creates it once."""

    idempotency_key = HiddenField(validators=[Length(min=8, max=64)], filters=[lambda value: value or None])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.idempotency_key.data and not self.is_submitted():
            self.idempotency_key.data = new_idempotency_key()


def submit(label: str) -> SubmitField:
    """The form's only button."""
    return SubmitField(label, widget=GovSubmitInput())


__all__ = ["AskingForm", "CreationForm", "Form", "SeenForm", "lazy_gettext", "submit", "translated"]
