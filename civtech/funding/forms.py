"""The forms of releases and payments."""

from flask_babel import lazy_gettext as _l

from civtech.core.facts import Fact
from civtech.web.fields import LineField, WordsField
from civtech.web.forms import CreationForm, SeenForm


class RefusalForm(CreationForm):
    reason = WordsField(
        _l("Why do you refuse it?"),
        description=_l("Who proposed it reads your reason. The release can be proposed again."),
        required=_l("Say why you refuse it."),
        most=2000,
    )


class ReleaseForm(SeenForm):
    """Acts on a release as the page showed it: how much, to whom and for what."""

    def binds(self) -> list[Fact]:
        return list(self.noun.binds())


class PaymentForm(ReleaseForm, CreationForm):
    bank_reference = LineField(
        _l("Bank reference"),
        description=_l("As it stands in the bank’s record, like BACS-2027-000118. Each payment has its own."),
        required=_l("Enter the bank reference."),
        most=80,
    )
