"""The part of a form that shows what we know about people before they take part, and asks for a reason to go on."""

from collections.abc import Sequence

from wtforms import HiddenField

from civtech.challenges.models import Known, still_open
from civtech.challenges.models.hint import CONSIDER_FIRST
from civtech.core.errors import LostRace, RuleViolation
from civtech.core.facts import Fact
from civtech.web import seen
from civtech.web.fields import WordsField
from civtech.web.forms import FACTS_CHANGED, Form, SeenForm
from civtech.web.translation import lazy_gettext as _l


class ReasonedForm(Form):
    """A form that asks for a reason if we know something about the people it is about that is still `waiting`."""

    because = WordsField(
        _l("Why can they take part?"),
        description=_l(
            "Explain why this is not a conflict of interest, or how you deal with it. We keep your reason. "
            "People who decide later can read it."
        ),
        most=2000,
        rows=4,
    )
    known: Sequence[Known] = ()

    @property
    def waiting(self) -> list[Known]:
        """What someone still has to decide on."""
        return still_open(self.known)


class SettlingForm(ReasonedForm, SeenForm):
    """Decides on what we know about one person. It binds each of the sentences that still wait for a decision."""

    def __init__(self, noun: object, known: Sequence[Known]) -> None:
        self.known = known
        super().__init__(noun)

    def binds(self) -> list[Fact]:
        return [each.fact for each in self.waiting]


class ConsideringForm(ReasonedForm):
    """A form whose act may need a reason, because of what we know about the people it is about.

    Call `tell` with what is known before you show or send the form. Show `because` if anything is `waiting`, and hand
    `reason` to the verb. `told` carries what the page showed, which must still be true.
    """

    told = HiddenField()
    _shown = ""

    def tell(self, known: Sequence[Known]) -> None:
        """Take over what is known now, and remember what the page showed."""
        self._shown = self.told.data or ""
        self.known = known
        self.told.data = seen.token([each.fact for each in self.waiting]) if self.waiting else ""

    @property
    def reason(self) -> str:
        """The reason that was entered. Refuses one that was entered before everything was shown."""
        if not self.waiting:
            return ""
        if not self._shown:
            raise RuleViolation(CONSIDER_FIRST, field="because")
        if self._shown != self.told.data:
            raise LostRace(FACTS_CHANGED)
        return self.because.data or ""

    def refused(self, violation: RuleViolation) -> None:
        """Show why. If we know something else since the page was shown, say what."""
        super().refused(violation)
        if violation.status == LostRace.status and self._shown:
            self.form_errors += seen.changes(self._shown, [each.fact for each in self.waiting])
