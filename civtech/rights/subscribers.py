"""Conclude a rights statement after its second acceptance."""

from civtech.core.events import Event, emit, subscribe
from civtech.rights.events import (
    AcceptanceFacts,
    DigestFacts,
    RightsAcceptedByBody,
    RightsAcceptedByCompany,
    RightsStatementAccepted,
)
from civtech.rights.models import RightsStatement


@subscribe(RightsAcceptedByCompany, RightsAcceptedByBody)
def conclude(event: Event[RightsStatement, AcceptanceFacts]) -> None:
    """Conclude the statement once both sides have accepted. Later packages react to that event."""
    if event.subject.is_accepted:
        facts = DigestFacts(digest=event.facts["digest"])
        emit(RightsStatementAccepted(subject=event.subject, by=event.by, at=event.at, facts=facts))
