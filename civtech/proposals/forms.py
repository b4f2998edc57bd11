"""The forms of proposals. How much may be written is a rule of the model; the counters only show it."""

from collections.abc import Iterable, Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovCheckboxInput, GovRadioInput, GovTextInput
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.accounts.models import Organisation
from civtech.programmes.models.pathway import SectionTemplate
from civtech.proposals.models import SUMMARY_WORDS
from civtech.web.fields.words import one_line, several_lines
from civtech.web.forms import CreationForm, Form
from civtech.web.forms import lazy_gettext as _l


def _counting(words: int, rows: int) -> dict[str, Any]:
    """A text area that counts words aloud in the reader's language and runs in the direction of what is written."""
    return {
        "maxwords": str(words),
        "rows": str(rows),
        "attributes": {"dir": "auto"},
        "textareaDescriptionText": str(_l("You can use up to %{count} words")),
        "wordsAtLimitText": str(_l("You have no words left")),
        "wordsUnderLimitText": {
            "one": str(_l("You have %{count} word left")),
            "other": str(_l("You have %{count} words left")),
        },
        "wordsOverLimitText": {
            "one": str(_l("You have %{count} word too many")),
            "other": str(_l("You have %{count} words too many")),
        },
    }


class _TitleField(StringField):
    """The title: one line, in the direction of what is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            _l("Title"),
            filters=[one_line],
            widget=GovTextInput(),
            render_kw={"params": {"attributes": {"dir": "auto"}}},
            **options,
        )


class StartForm(CreationForm):
    """Who answers, and how the answer is called."""

    organisation = RadioField(_l("Who is it from?"), widget=GovRadioInput(), validate_choice=False)
    title = _TitleField(description=_l("A few words to know it by. You can change it later."))

    def __init__(self, organisations: Iterable[Organisation], **options: Any) -> None:
        super().__init__(**options)
        self.known = {organisation.reference: organisation for organisation in organisations}
        self.organisation.choices = [
            SelectChoice(reference, organisation.name) for reference, organisation in self.known.items()
        ]
        if len(self.known) == 1 and not self.organisation.data:
            self.organisation.data = next(iter(self.known))

    @property
    def chosen(self) -> Organisation | None:
        """The organisation that was chosen, if it is one of those offered."""
        return self.known.get(self.organisation.data or "")


class DraftForm(Form):
    """A part of the working copy; `version` says which text was on the page when it was shown."""

    version = HiddenField()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.theirs: Mapping[str, str] | None = None


class SummaryForm(DraftForm):
    title = _TitleField()
    summary = TextAreaField(
        _l("Summary"),
        description=_l("In a sentence or two: what it is and what it changes. If you win, everybody will read it."),
        filters=[several_lines],
        widget=GovCharacterCount(),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.summary.render_kw = {"params": _counting(SUMMARY_WORDS, 5)}


class SectionForm(DraftForm):
    body = TextAreaField(_l("Your answer"), filters=[several_lines], widget=GovCharacterCount())

    def __init__(self, template: SectionTemplate, **options: Any) -> None:
        super().__init__(**options)
        self.body.description = template.guidance
        self.body.render_kw = {"params": _counting(template.words, max(6, min(18, template.words // 22)))}


class SubmitForm(CreationForm):
    """The declaration; `checked` is the digest of the words that stood on the page."""

    checked = HiddenField()
    declaration = BooleanField(
        validators=[InputRequired(_l("Confirm that the team may make this offer."))], widget=GovCheckboxInput()
    )
