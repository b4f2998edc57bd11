"""Who may do what with personal data."""

from civtech.core.policy import Proof, asks, policy
from civtech.people.models import User
from civtech.privacy import queries
from civtech.privacy.models import ErasureRequest, Hold, ProblemReport


@asks(Proof.OWN)
@policy
def use_own_data(_actor: User) -> bool:
    """Anyone who is signed in, for their own data."""
    return True


@policy
def look_after_data(actor: User, _subject: Hold | None = None) -> bool:
    """Programme staff and administrators."""
    return queries.looks_after(actor)


@policy
def carry_out(actor: User, request: ErasureRequest) -> bool:
    """Programme staff and administrators, but not for themselves."""
    return queries.looks_after(actor) and actor.id != request.person_id


@policy
def look_after_problems(actor: User, _report: ProblemReport | None = None) -> bool:
    """Programme staff and administrators."""
    return queries.looks_after(actor)
