"""The roles a challenge can be viewed as: kinds of people, never persons."""

from civtech.challenges.models import Challenge
from civtech.core.state import State
from civtech.core.text import N_
from civtech.people.models import ProgrammeRole


class SeenRole(State):
    PUBLIC = "public", N_("the public")
    COMPANY = "company", N_("a company without a proposal")
    TEAM = "team", N_("a member of a team with a proposal")
    JUDGE = "judge", N_("a judge on the panel")
    APPROVER = "approver", N_("an approver for the sponsor")
    FINANCE = "finance", N_("a finance approver")
    AUDITOR = "auditor", N_("an auditor")

    @property
    def granted(self) -> ProgrammeRole | None:
        """The programme role behind it, for this one challenge, or None."""
        return GRANTED.get(self)

    def sees(self, challenge: Challenge) -> bool:
        """Whether there is anything to view. Before publication, only the sponsor and auditors see a challenge."""
        return challenge.published_at is not None or self in BEFORE_PUBLICATION


GRANTED = {
    SeenRole.JUDGE: ProgrammeRole.JUDGE,
    SeenRole.FINANCE: ProgrammeRole.FINANCE,
    SeenRole.AUDITOR: ProgrammeRole.AUDITOR,
}
BEFORE_PUBLICATION = frozenset({SeenRole.APPROVER, SeenRole.AUDITOR})
