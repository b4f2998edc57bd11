"""Forms for challenges and questions. They check the form of an entry; the models check the rules."""

from collections.abc import Iterator, Mapping, Sequence

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from civtech.challenges.models import PARTS, Brief, Challenge, ChallengeState, Part, Question
from civtech.challenges.models.bound import answered, cancelled, moved, put_to_the_public
from civtech.challenges.models.brief import LONG
from civtech.core import clock
from civtech.core.errors import LostRace
from civtech.core.facts import Fact
from civtech.core.text import N_
from civtech.organisations.models import Organisation
from civtech.programmes.models import Round, Stage
from civtech.web.fields import LocalInstantField, MoneyField, WordsField
from civtech.web.forms import CreationForm, Form, SeenForm
from civtech.web.translation import gettext
from civtech.web.translation import lazy_gettext as _l

OVERTAKEN = N_(
    "Someone changed this draft after you opened it. Your text is still here. Where it differs, the saved "
    "version is shown below it. Save again to replace the saved version with yours."
)


class StartForm(Form):
    """The round and the sponsor. We ask for them first, because the stages to budget for depend on the round."""

    class Meta:
        csrf = False

    round = RadioField(_l("Round"), widget=GovRadioInput(), validators=[InputRequired(_l("Select a round."))])
    sponsor = RadioField(
        _l("Sponsor"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Select the public body that sponsors this challenge."))],
    )

    def __init__(self, rounds: Sequence[Round], sponsors: Sequence[Organisation], **options: object) -> None:
        super().__init__(**options)
        self.round.choices = [SelectChoice(value=each.reference, label=each.name) for each in rounds]
        self.sponsor.choices = [SelectChoice(value=each.reference, label=each.name) for each in sponsors]


class MoveForm(SeenForm):
    """The round to move a draft to."""

    noun: Challenge

    round = RadioField(
        _l("Move the draft to"),
        widget=GovRadioInput(),
        validators=[InputRequired(_l("Select the round to move the draft to."))],
    )

    def __init__(self, challenge: Challenge, rounds: Sequence[Round], **options: object) -> None:
        super().__init__(challenge, **options)
        self.round.choices = [SelectChoice(value=each.reference, label=each.name) for each in rounds]

    def binds(self) -> Iterator[Fact]:
        return moved(self.noun)


class DraftForm(CreationForm):
    """The text of a challenge, and the amount for each funded stage under `budget_<key>`."""

    @classmethod
    def for_stages(cls, stages: Sequence[Stage], **options: object) -> "DraftForm":
        """The form, with an amount for each of these funded stages, in the currency of their round."""
        amounts = {
            budget_field(stage): MoneyField(
                _l("Budget for %(stage)s", stage=stage.name),
                description=_l("Total for all teams in this stage, excluding VAT."),
                required=_l("Enter the budget for %(stage)s, such as 15,000.", stage=stage.name),
            )
            for stage in stages
        }
        amounts_in = stages[0].currency if stages else ""
        return type("DraftFormOfRound", (cls,), {**amounts, "amounts_in": amounts_in})(**options)  # type: ignore[no-any-return]

    def brief(self) -> Brief:
        """The text as typed."""
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
    """The same form for an existing draft, which other authors may have changed."""

    noun: Challenge

    def __init__(self, *, noun: Challenge, **options: object) -> None:
        super().__init__(noun, **options)

    def lost(self) -> LostRace:
        return LostRace(OVERTAKEN) if self.noun.state is ChallengeState.DRAFT else super().lost()


def budget_field(stage: Stage) -> str:
    """The name of the form's field for the budget of `stage`."""
    return f"budget_{stage.key.replace('-', '_')}"


def words_of(challenge: Challenge) -> dict[str, object]:
    """The challenge as the form shows it."""
    amounts = {budget_field(stage): challenge.budget_for(stage) for stage in challenge.round.funded_stages}
    return {**vars(challenge.brief), **amounts}


def figures_of(stages: Sequence[Stage]) -> Mapping[str, int]:
    """The amount that the round's figures suggest for each stage."""
    return {budget_field(stage): stage.budget_pence for stage in stages}


class TextForm(SeenForm):
    """Acts on the text, round and budget of a challenge as the page showed them."""

    noun: Challenge

    def binds(self) -> Iterator[Fact]:
        return put_to_the_public(self.noun)


class MessageForm(TextForm):
    message = WordsField(
        _l("Message"),
        required=_l("Enter a reason. Your colleagues will see it."),
        most=2000,
        rows=5,
    )


class CancellationForm(SeenForm):
    noun: Challenge

    message = WordsField(
        _l("Reason"),
        description=_l(
            "Everyone who can see the challenge will see this reason. We’ll also email it to everyone affected."
        ),
        required=_l("Enter a reason. Everyone affected will see it."),
        most=2000,
        rows=5,
    )

    def binds(self) -> Iterator[Fact]:
        return cancelled(self.noun)


class PublicationForm(TextForm):
    opens_at = LocalInstantField(
        _l("Challenge opens"),
        description=_l("Teams can submit proposals from this time."),
        required=_l("Enter the date the challenge opens."),
    )
    questions_close_at = LocalInstantField(
        _l("Questions close"),
        description=_l("Leave time for the sponsor to answer and for teams to use the answers."),
        required=_l("Enter the date questions close."),
    )
    closes_at = LocalInstantField(
        _l("Challenge closes"),
        description=_l("We only accept a proposal if we have received all of it before this time."),
        required=_l("Enter the date the challenge closes."),
    )

    def validate(self, extra_validators: object = None) -> bool:
        fine = bool(super().validate(extra_validators))
        opens, asks, closes = self.opens_at.data, self.questions_close_at.data, self.closes_at.data
        if opens and closes and opens >= closes:
            self.closes_at.errors = [
                *self.closes_at.errors,
                gettext("The closing time must be after the opening time."),
            ]
            fine = False
        elif closes and closes <= clock.now():
            self.closes_at.errors = [*self.closes_at.errors, gettext("The closing time must be in the future.")]
            fine = False
        elif opens and asks and closes and not opens <= asks <= closes:
            message = gettext("Questions must close between the opening time and the closing time.")
            self.questions_close_at.errors = [*self.questions_close_at.errors, message]
            fine = False
        return fine


class QuestionForm(CreationForm):
    text = WordsField(
        _l("Your question"),
        description=_l(
            "We publish your question and the answer exactly as written, without your name. Leave out "
            "anything that shows who you are or what you plan."
        ),
        required=_l("Enter your question."),
        most=1500,
    )


class AnswerForm(SeenForm):
    noun: Question

    answer = WordsField(
        _l("Answer"),
        description=_l("Everyone will see the answer with the question. You cannot change it after you publish it."),
        required=_l("Enter your answer."),
        most=LONG,
    )

    def binds(self) -> Iterator[Fact]:
        return answered(self.noun)
