"""The forms for proposals. The model sets how much a team can write; the counters only show it."""

from collections.abc import Iterable, Iterator
from typing import Any

from babel.numbers import format_decimal
from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount, GovCheckboxInput, GovRadioInput, GovTextInput
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.core.errors import LostRace, RuleViolation
from civtech.core.facts import Fact
from civtech.core.text import N_
from civtech.core.workflow import ended_because
from civtech.organisations.models import Organisation
from civtech.proposals.models import Part, Proposal, Section, digest_of
from civtech.proposals.models.bound import submitted, withdrawn
from civtech.proposals.models.parts import HEAD, head_of
from civtech.web.fields.words import COUNT, counting, one_line, several_lines
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.forms import lazy_gettext as _l
from civtech.web.translation import Label, gettext, language

Words = dict[str, str]
TITLE = next(part for part in HEAD if part.key == "title")
MEANWHILE = N_(
    "Someone saved this while you had the page open. Both versions are below. Combine what you need, then save again."
)


def _counting(part: Part, rows: int) -> dict[str, object]:
    """A text area with a counter announced in the reader's language. Text runs in the direction of its script."""
    shown = {"rows": str(rows), "attributes": {"dir": "auto"}}
    return {**shown, **(counting(part.characters) if part.characters else _counting_words(part.words))}


def _counting_words(words: int) -> dict[str, object]:
    return {
        "maxwords": str(words),
        "textareaDescriptionText": gettext(
            "You can enter up to %(count)s words", count=format_decimal(words, locale=language().locale)
        ),
        "wordsAtLimitText": gettext("You have no words left"),
        "wordsUnderLimitText": {
            "one": gettext("You have %(count)s word left", count=COUNT),
            "other": gettext("You have %(count)s words left", count=COUNT),
        },
        "wordsOverLimitText": {
            "one": gettext("You have %(count)s word too many", count=COUNT),
            "other": gettext("You have %(count)s words too many", count=COUNT),
        },
    }


class _LineField(StringField):
    """A single line, which runs in the direction of its script."""

    def __init__(self, label: Label, **options: object) -> None:
        super().__init__(
            label,
            filters=[one_line],
            widget=GovTextInput(),
            render_kw={"params": {"attributes": {"dir": "auto"}}},
            **options,
        )


class StartForm(CreationForm):
    """Who the proposal is from, and its title."""

    organisation = RadioField(_l("Who is the proposal from?"), widget=GovRadioInput(), validate_choice=False)
    title = _LineField(_l(TITLE.label), description=_l(TITLE.hint))

    def __init__(self, organisations: Iterable[Organisation], **options: object) -> None:
        super().__init__(**options)
        self.offered = {organisation.reference: organisation for organisation in organisations}
        self.organisation.choices = [
            SelectChoice(reference, organisation.name) for reference, organisation in self.offered.items()
        ]
        if len(self.offered) == 1 and not self.organisation.data:
            self.organisation.data = next(iter(self.offered))

    @property
    def chosen(self) -> Organisation | None:
        """The organisation that was selected, if it is one of those offered."""
        return self.offered.get(self.organisation.data or "")


class DraftForm(SeenForm):
    """A part of the working copy. `saved_meanwhile` is what a colleague saved, shown next to what was typed."""

    noun: Any
    """A proposal, or a section, which has a version but no state."""
    saved_meanwhile: Words | None = None

    def __init__(self, noun: Any) -> None:
        self.noun = noun
        super().__init__(noun, data=self.stands())

    def stands(self) -> Words:
        """The saved text."""
        raise NotImplementedError

    def present(self) -> str:
        return digest_of(dict(self.stands()))

    def lost(self) -> LostRace:
        return super().lost() if ended_because(self.noun) is not None else LostRace(MEANWHILE)

    def refuse_if_changed(self) -> None:
        """Two people who typed the same text do not conflict."""
        stands = self.stands()
        if {name: self[name].data for name in stands} != stands:
            super().refuse_if_changed()

    def refused(self, violation: RuleViolation) -> None:
        super().refused(violation)
        if isinstance(violation, LostRace):
            self.saved_meanwhile = self.stands()


class SummaryForm(DraftForm):
    """The parts that every proposal has."""

    noun: Proposal

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(proposal)
        for part in HEAD:
            if not part.one_line:
                self[part.key].render_kw = {"params": _counting(part, 5)}

    def stands(self) -> Words:
        return {part.key: text for part, text in head_of(self.noun)}

    def words(self) -> Words:
        """The text as typed, by the keys of the parts."""
        return {name: self[name].data for name in self.stands()}


def ask_for(part: Part) -> None:
    """Add the field for a part that every proposal has."""
    if part.one_line:
        field = _LineField(_l(part.label), description=_l(part.hint))
    else:
        field = TextAreaField(
            _l(part.label), description=_l(part.hint), filters=[several_lines], widget=GovCharacterCount()
        )
    setattr(SummaryForm, part.key, field)


for _part in HEAD:
    ask_for(_part)


class SectionForm(DraftForm):
    noun: Section
    body = TextAreaField(_l("Your answer"), filters=[several_lines], widget=GovCharacterCount())

    def __init__(self, section: Section) -> None:
        super().__init__(section)
        part = section.part
        self.body.description = part.hint
        self.body.render_kw = {"params": _counting(part, max(6, min(18, part.words // 22)))}

    def stands(self) -> Words:
        return {"body": self.noun.body}


class SubmitForm(SeenForm, CreationForm):
    """The declaration, made about the text that was on the page."""

    noun: Proposal

    declaration = BooleanField(
        validators=[InputRequired(_l("Confirm that the team may make this offer."))], widget=GovCheckboxInput()
    )

    def binds(self) -> Iterator[Fact]:
        return submitted(self.noun)


class WithdrawalForm(SeenForm):
    """Withdraws the submission that was on the page."""

    noun: Proposal

    def binds(self) -> Iterator[Fact]:
        return withdrawn(self.noun)
