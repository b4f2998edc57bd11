"""Forms of challenges and questions: shape only."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.challenges.models import PARTS, Brief, Challenge, ChallengeState, Part
from civtech.challenges.models.brief import LONG
from civtech.core import clock
from civtech.core.errors import LostRace
from civtech.core.text import N_
from civtech.organisations.models import Organisation
from civtech.programmes.models import Round, Stage
from civtech.web.fields import LocalInstantField, MoneyField, WordsField
from civtech.web.forms import CreationForm, Form, SeenForm

OVERTAKEN = N_(
    "Somebody changed this draft after you opened it. Nothing is lost: your words are below, and where they differ "
    "you see what stands now. Store again to put yours in its place."
)


class StartForm(Form):
    """Which round, and in whose name: known before the words, because the stages to budget for follow from it."""

    class Meta:
        csrf = False

    round = RadioField(_l("Round"), widget=GovRadioInput(), validators=[InputRequired(_l("Choose a round."))])
    sponsor = RadioField(
        _l("Sponsor"), widget=GovRadioInput(), validators=[InputRequired(_l("Choose the public body that asks."))]
    )

    def __init__(self, rounds: Sequence[Round], sponsors: Sequence[Organisation], **options: Any) -> None:
        super().__init__(**options)
        self.round.choices = [SelectChoice(value=each.reference, label=each.name) for each in rounds]
        self.sponsor.choices = [SelectChoice(value=each.reference, label=each.name) for each in sponsors]


class MoveForm(SeenForm):
    """To which other round a draft goes."""

    round = RadioField(
        _l("Move it to"), widget=GovRadioInput(), validators=[InputRequired(_l("Select the round to move it to."))]
    )

    def __init__(self, challenge: Challenge, rounds: Sequence[Round], **options: Any) -> None:
        super().__init__(challenge, **options)
        self.round.choices = [SelectChoice(value=each.reference, label=each.name) for each in rounds]


class DraftForm(CreationForm):
    """The words of a challenge, and money for each funded stage under `budget_<key>`."""

    @classmethod
    def for_stages(cls, stages: Sequence[Stage], **options: Any) -> "DraftForm":
        """The form with an amount for each of these funded stages."""
        amounts = {
            budget_field(stage): MoneyField(
                _l("Budget for %(stage)s", stage=stage.name),
                description=_l("Without VAT, for all teams of this stage together."),
                required=_l("Enter the budget for %(stage)s, such as 15,000.", stage=stage.name),
            )
            for stage in stages
        }
        return type("DraftFormOfRound", (cls,), amounts)(**options)  # type: ignore[no-any-return]

    def brief(self) -> Brief:
        """The words as typed."""
        return Brief(**{part.key: self[part.key].data or "" for part in PARTS})

    def budgets(self, stages: Sequence[Stage]) -> dict[Stage, int]:
        """Pence for each stage."""
        return {stage: self[budget_field(stage)].data for stage in stages}


def _field(part: Part) -> WordsField:
    return WordsField(
        _l(part.label),
        description=_l(part.hint),
        required=_l(part.to_save) if part.to_save else None,
        most=part.most,
        rows=part.rows,
        breaks=not part.one_line,
    )


for _part in PARTS:
    setattr(DraftForm, _part.key, _field(_part))


class RevisionForm(SeenForm, DraftForm):
    """The same, for a draft that is there already and may have other authors."""

    def lost(self) -> LostRace:
        return LostRace(OVERTAKEN) if self.noun.state is ChallengeState.DRAFT else super().lost()


def budget_field(stage: Stage) -> str:
    """The name of the form's field for the money of `stage`."""
    return f"budget_{stage.key.replace('-', '_')}"


def words_of(challenge: Challenge) -> dict[str, Any]:
    """The challenge as the form shows it."""
    amounts = {budget_field(stage): challenge.budget_for(stage) for stage in challenge.round.funded_stages}
    return {**vars(challenge.brief), **amounts}


def figures_of(stages: Sequence[Stage]) -> Mapping[str, int]:
    """What the round's figures suggest for each stage."""
    return {budget_field(stage): stage.budget_pence for stage in stages}


class MessageForm(SeenForm):
    message = WordsField(
        _l("Message"),
        required=_l("Enter a reason. Your colleagues will see it."),
        most=2000,
        rows=5,
    )


class CancellationForm(SeenForm):
    message = WordsField(
        _l("Reason"),
        description=_l("Everyone who can see the challenge reads it, and everyone concerned gets it by email."),
        required=_l("Enter the reason. Everyone concerned will read it."),
        most=2000,
        rows=5,
    )


class PublicationForm(SeenForm):
    opens_at = LocalInstantField(
        _l("When it opens"),
        description=_l("From then on teams can submit proposals."),
        required=_l("Enter the day it opens."),
    )
    questions_close_at = LocalInstantField(
        _l("Last moment for questions"),
        description=_l("Leave the sponsor time to answer, and teams time to use the answers."),
        required=_l("Enter the last day for questions."),
    )
    closes_at = LocalInstantField(
        _l("When it closes"),
        description=_l("A proposal that is complete before this instant counts; one that comes later does not."),
        required=_l("Enter the day it closes."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        opens, asks, closes = self.opens_at.data, self.questions_close_at.data, self.closes_at.data
        if opens and closes and opens >= closes:
            self.closes_at.errors = [*self.closes_at.errors, gettext("It has to close after it opens.")]
            fine = False
        elif closes and closes <= clock.now():
            self.closes_at.errors = [*self.closes_at.errors, gettext("The closing time has to be in the future.")]
            fine = False
        elif opens and asks and closes and not opens <= asks <= closes:
            said = gettext("The last moment for questions lies between opening and closing.")
            self.questions_close_at.errors = [*self.questions_close_at.errors, said]
            fine = False
        return fine


class QuestionForm(CreationForm):
    text = WordsField(
        _l("Your question"),
        description=_l(
            "Question and answer are published to everybody as you write them; your name is not. "
            "Leave out what would tell who you are or what you plan."
        ),
        required=_l("Write your question."),
        most=1500,
    )


class AnswerForm(SeenForm):
    answer = WordsField(
        _l("Answer"),
        description=_l("It is published to everybody, together with the question, and cannot be changed afterwards."),
        required=_l("Write the answer."),
        most=LONG,
    )
