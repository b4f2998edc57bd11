"""What histories show of rights statements, and to whom. Neither side sees a draft that was never offered."""

from civtech.core.histories import Audience, shown
from civtech.rights.events import (
    BackgroundItemListed,
    BackgroundItemRemoved,
    RightsAcceptedByBody,
    RightsAcceptedByCompany,
    RightsStatementAccepted,
    RightsStatementDrawnUp,
    RightsStatementOffered,
    RightsStatementTakenBack,
)

PARTIES = (Audience.TEAM, Audience.SPONSOR, Audience.PROGRAMME)
"""Both sides of an agreement and those who oversee it. Each is told who acted for the others."""

shown(RightsStatementDrawnUp, by=Audience.PROGRAMME, to=[Audience.PROGRAMME])
shown(RightsStatementOffered, RightsStatementTakenBack, by=Audience.PROGRAMME, to=PARTIES, named_to=PARTIES)
shown(
    BackgroundItemListed,
    BackgroundItemRemoved,
    RightsAcceptedByCompany,
    by=Audience.TEAM,
    to=PARTIES,
    named_to=PARTIES,
)
shown(RightsAcceptedByBody, by=Audience.SPONSOR, to=PARTIES, named_to=PARTIES)
shown(RightsStatementAccepted, by=None, to=PARTIES, named_to=PARTIES)
