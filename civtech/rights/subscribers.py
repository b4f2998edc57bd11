"""Conclude a rights statement after its second acceptance."""

from civtech.core.events import Event, emit, subscribe
from civtech.rights.events import RightsAcceptedByBody, RightsAcceptedByCompany, RightsStatementAccepted
from civtech.rights.models import RightsStatement


@subscribe(RightsAcceptedByCompany, RightsAcceptedByBody)
def conclude(event: Event) -> None:
    """Conclude the statement once both sides have accepted. Later packages react to that event."""
    statement: RightsStatement = event.subject
    if statement.is_accepted:
        emit(RightsStatementAccepted(subject=statement, by=event.by, at=event.at, facts={"digest": statement.digest}))
