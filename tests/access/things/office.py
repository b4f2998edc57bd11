"""What only programme staff read: emails and the audit log."""

from sqlalchemy import select

from civtech.core.db import db
from civtech.notifications.models import OutboxMessage
from civtech.oversight.models import AuditEntry
from civtech.people.models import BrowserSession
from tests.access.people import sign_in
from tests.access.world import Town


def enter(world: Town) -> None:
    db.session.commit()
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    world.enter("mail", "waiting", reference=mails[0].reference)
    mails[1].give_up(failure="No such mailbox.", by=None, at=world.at)
    world.enter("mail", "given up", reference=mails[1].reference)
    for state, event in (("of a round", "RoundOpened"), ("of a question", "QuestionAsked")):
        first = select(AuditEntry.sequence).where(AuditEntry.event == event).order_by(AuditEntry.sequence)
        sequence = db.session.scalars(first).first()
        assert sequence is not None
        world.enter("audit entry", state, mark=f"/audit/{sequence}", sequence=sequence)
    world.cookies = sign_in(world.people)
    db.session.flush()
    begun = db.session.scalars(select(BrowserSession).where(BrowserSession.user_id == world.stranger.id)).one()
    world.enter("session", "the stranger's", reference=begun.reference)
