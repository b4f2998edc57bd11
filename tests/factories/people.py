"""People, and the roles that the programme gives them."""

from factory import LazyAttribute, SelfAttribute, Sequence, Trait

from civtech.people.models import EVERYWHERE, ProgrammeRole, User
from civtech.roles.models import RoleGrant
from tests.factories.verbs import Then, VerbFactory


def _holding(role: ProgrammeRole) -> Then:
    return Then(lambda person, said: RoleGrant.by_operator(person, role, at=said.at, scope=said.scope))


class UserFactory(VerbFactory):
    """A person with a confirmed address. It has a trait for each programme role, which applies to `scope`."""

    class Meta:
        model = User
        verb = "register"

    class Params:
        scope = EVERYWHERE
        administrator = Trait(administrator_role=_holding(ProgrammeRole.ADMINISTRATOR))
        staff = Trait(staff_role=_holding(ProgrammeRole.STAFF))
        finance = Trait(finance_role=_holding(ProgrammeRole.FINANCE))
        auditor = Trait(auditor_role=_holding(ProgrammeRole.AUDITOR))
        secretary = Trait(secretary_role=_holding(ProgrammeRole.SECRETARY))
        judge = Trait(judge_role=_holding(ProgrammeRole.JUDGE))
        unconfirmed = Trait(confirmed_at=None)

    name = Sequence(lambda number: f"Person {number}")
    email = LazyAttribute(lambda said: f"{said.name.lower().replace(' ', '.')}@people.example")
    confirmed_at = SelfAttribute("at")
