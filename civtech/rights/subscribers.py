"""Two acceptances make an accepted statement."""

from civtech.core.events import Event, emit, subscribe
from civtech.rights.events import RightsAcceptedByBody, RightsAcceptedByCompany, RightsStatementAccepted
from civtech.rights.models import RightsStatement


@subscribe(RightsAcceptedByCompany, RightsAcceptedByBody)
def conclude(event: Event) -> None:
    """The second acceptance concludes the statement; later packages follow that."""
    statement: RightsStatement = event.subject
    if statement.is_accepted:
        emit(RightsStatementAccepted(subject=statement, by=event.by, at=event.at, facts={"digest": statement.digest}))
