"""Forms for releases and payments."""

from civtech.challenges.consideration import ConsideringForm
from civtech.core.facts import Fact
from civtech.funding.models import Release
from civtech.web.fields import LineField, WordsField
from civtech.web.forms import CreationForm, SeenForm
from civtech.web.translation import lazy_gettext as _l


class RefusalForm(CreationForm):
    reason = WordsField(
        _l("Why are you refusing it?"),
        description=_l("The person who proposed the release will see your reason. Staff can then propose it again."),
        required=_l("Enter why you are refusing it."),
        most=2000,
    )


class ReleaseForm(ConsideringForm, SeenForm):
    """Acts on a release as the page showed it: amount, payee and milestone."""

    noun: Release

    def binds(self) -> list[Fact]:
        return list(self.noun.binds())


class PaymentForm(ReleaseForm, CreationForm):
    bank_reference = LineField(
        _l("Bank reference"),
        description=_l(
            "Enter it as it appears in the bank’s record, like BACS-2027-000118. Each payment must have its "
            "own reference."
        ),
        required=_l("Enter the bank reference."),
        most=80,
    )
