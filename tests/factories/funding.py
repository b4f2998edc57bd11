"""Releases of money."""

from factory import Sequence, SubFactory, Trait

from civtech.funding.models import Release
from tests.factories.people import UserFactory
from tests.factories.verbs import Then, VerbFactory


class ReleaseFactory(VerbFactory):
    """The release of an accepted milestone: proposed by staff, `approved` by other staff, `paid` by finance."""

    class Meta:
        model = Release
        verb = "propose"

    class Params:
        colleague = SubFactory(UserFactory, staff=True)
        finance = SubFactory(UserFactory, finance=True)
        bank_reference = Sequence(lambda number: f"BACS-{number:06}")
        approved = Trait(approval=Then(lambda made, said: made.approve(by=said.colleague, at=said.at)))
        paid = Trait(
            approved=True,
            payment=Then(lambda made, said: made.pay(bank_reference=said.bank_reference, by=said.finance, at=said.at)),
        )

    by = SubFactory(UserFactory, staff=True)
