"""Forms to check what a challenge says about IP and equity, and to answer what a colleague recorded."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from wtforms import RadioField
from wtforms.validators import InputRequired

from civtech.challenges.models import PARTS, Challenge, RightsCheck, RightsCheckKind
from civtech.core.blank import is_blank
from civtech.core.facts import Fact
from civtech.core.text import N_, Text
from civtech.web.fields import WordsField, choices
from civtech.web.forms import SeenForm
from civtech.web.translation import lazy_gettext as _l


class RightsForm(SeenForm):
    """What staff found about IP and equity in the text of a challenge. It binds each part of the text."""

    noun: Challenge

    kind = RadioField(
        _l("What did you find?"),
        widget=GovRadioInput(),
        choices=choices(*RightsCheckKind),
        validators=[InputRequired(_l("Select what you found."))],
    )
    what = WordsField(
        _l("What moves to someone else?"),
        description=_l("Only for an exception. Everyone will see this on the challenge page and in the register."),
        most=1000,
        rows=3,
    )
    to_whom = WordsField(
        _l("Who does it move to?"),
        description=_l("Only for an exception. Name the organisation. Everyone will see this."),
        most=200,
        rows=1,
        breaks=False,
    )
    reason = WordsField(
        _l("Why?"),
        description=_l(
            "At least 20 characters. The sponsor and other staff will see this reason. For an exception, everyone will "
            "see it."
        ),
        required=_l("Enter the reason."),
        most=2000,
        rows=4,
    )

    def binds(self) -> list[Fact]:
        return _text_of(self.noun)

    def validate(self, extra_validators: object = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if not self.kind.data or self.kind.errors:
            return fine
        is_exception = self.kind.data == RightsCheckKind.EXCEPTION.value
        contrary = _l("Remove this, or select “Exception to the rights rule”.")
        for field, missing in (
            (self.what, _l("Enter what moves to someone else.")),
            (self.to_whom, _l("Enter who it moves to.")),
        ):
            if is_blank(field.data) is is_exception:
                field.errors = [*field.errors, missing if is_exception else contrary]
                fine = False
        return fine

    def exception(self) -> dict[str, str]:
        """What moves and to whom. Empty unless they selected an exception."""
        if self.kind.data != RightsCheckKind.EXCEPTION.value:
            return {}
        return {"what": self.what.data or "", "to_whom": self.to_whom.data or ""}


class AnswerCheckForm(SeenForm):
    """The record as its page showed it."""

    noun: RightsCheck

    def binds(self) -> list[Fact]:
        state = Fact("state", Text(N_("Status")), self.noun.state.label)
        return [*self.noun.said(), *_text_of(self.noun.challenge), state]


class RefuseCheckForm(AnswerCheckForm):
    message = WordsField(
        _l("Message"),
        required=_l("Enter a reason. Your colleagues will see it."),
        most=2000,
        rows=5,
    )


def _text_of(challenge: Challenge) -> list[Fact]:
    return [Fact(part.key, part.name, getattr(challenge, part.key)) for part in PARTS]
