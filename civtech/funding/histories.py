"""What histories show of money, and to whom."""

from sqlalchemy import select

from civtech.core.histories import Audience, Instant, Subject, Typed, message_of, shown
from civtech.funding.events import (
    BudgetOpened,
    BudgetWithdrawn,
    MoneyCommitted,
    MoneyReturned,
    ReleaseApproved,
    ReleasePaid,
    ReleaseProposed,
    ReleaseRefused,
)
from civtech.funding.models import Release
from civtech.rights.histories import PARTIES

PAYERS = (Audience.SPONSOR, Audience.PROGRAMME)

shown(BudgetOpened, by=Audience.PROGRAMME, to=PAYERS)
shown(BudgetWithdrawn, by=None, to=PAYERS)
shown(MoneyCommitted, by=None, to=PARTIES, named_to=PARTIES)
shown(MoneyReturned, by=Audience.PROGRAMME, to=PARTIES)
shown(ReleaseProposed, by=Audience.PROGRAMME, to=PARTIES, named_to=PARTIES)
shown(ReleaseApproved, ReleaseRefused, ReleasePaid, by=None, to=PARTIES, named_to=PARTIES)


@message_of(ReleaseRefused)
def why_it_was_refused(subject: Subject, _at: Instant) -> Typed:
    return select(Release.reason).where(Release.reference == subject).scalar_subquery()
