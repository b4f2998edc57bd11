"""A world with a row in every guarded table."""

from datetime import datetime, timedelta

from sqlalchemy import select

from civtech.challenges.models import ConsideredHint, Hint, RightsCheck
from civtech.core.db import db
from civtech.organisations.models import CompanyFigures, Figures, Invitation, JoinRequest, MemberRole
from civtech.oversight import signing
from civtech.oversight.models import AuditHead, Checkpoint
from civtech.oversight.witness import Head
from civtech.people.models import AddressChange, BrowserSession, ExternalIdentity, Passkey
from civtech.privacy.models import Erasure, ErasureGround, ErasureRequest, Hold, ProblemReport
from civtech.viewing.models import SeenRole, Viewing
from tests.world import Age, World, build


def everything(now: datetime) -> World:
    """Two funded teams, one of them paid, and everything else that people can do."""
    world = build(Age.FUNDED, now, teams=2)
    agreement = world.in_force()
    release = world.release(agreement.milestones[0])
    release.approve(by=world.colleague, at=world.at)
    release.pay(bank_reference="BACS-000001", by=world.finance, at=world.at + timedelta(days=1))
    agreement.milestones[1].deliver(evidence="Counts.", link=None, by=world.company_owner, at=world.at)
    world.asked(world.published())
    checked = world.put_forward(need="All patents vest in the council.")
    RightsCheck.record(challenge=checked, reason="It is about a museum’s own patents.", by=world.staff, at=world.at)
    world.put_forward(question="Who counts gulls?").send_back(message="Which gulls?", by=world.head, at=now)
    company = world.proposals[0].organisation
    sign = {
        "person_id": world.judges[0].id,
        "challenge_id": world.challenge.id,
        "hint": Hint.EMAIL,
        "basis": "@a.example",
    }
    through = {"organisation_id": company.id, "through_id": company.id}
    db.session.add(ConsideredHint(**sign, **through, reason="A shared host.", at=now, by_id=world.staff.id))
    here = BrowserSession.begin(world.staff, secret="staff", browser="Test/1.0", at=now, with_second_factor=True)
    db.session.flush()
    Viewing.begin(session=here, challenge=world.challenge, role=SeenRole.PUBLIC, by=world.staff, at=now)
    BrowserSession.begin(world.head, secret="secret", browser="Test/1.0", at=now, with_second_factor=False)
    Passkey.add(world.head, name="Phone", credential=b"phone", public_key=b"key", uses=0, at=now)
    AddressChange.ask(world.head, "other@people.example", at=now)
    mate, newcomer = (world.person(key, email=f"{key}@roads.example") for key in ("mate", "newcomer"))
    world.body.admit(mate, MemberRole.AUTHOR, by=None, at=now)
    db.session.flush()
    JoinRequest.ask(world.body, by=newcomer, at=now)
    number = {"identifier_scheme": company.identifier_scheme, "identifier_number": company.identifier_number}
    company.change(legal_name="Kelp Ltd", trading_name=None, **number, about="", by=world.company_owner, at=now)
    CompanyFigures.state(company, Figures(4, 0, 0), year=now.year, by=world.company_owner, at=now)
    Invitation.send(world.body, "new@people.example", MemberRole.AUTHOR, by=world.head, at=now)
    for person in (world.head, world.finance):
        ExternalIdentity.link(person, issuer="https://x.example", subject=person.reference, proved_at=now, at=now)
    ErasureRequest.ask(by=world.stranger, at=now)
    Hold.place(world.stranger, reason="FOI 7", ends_at=now + timedelta(days=30), by=world.staff, at=now)
    ProblemReport.make(words="No focus.", page="", email=None, by=None, at=now)
    _checkpoint(now)
    Erasure.carry_out(world.company_viewer, ground=ErasureGround.OPERATOR, by=None, at=now)
    return world


def _checkpoint(now: datetime) -> None:
    """Sign where the log ends now."""
    key = signing.private_key(signing.new_key())
    db.session.flush()
    end = db.session.scalars(select(AuditHead)).one()
    head, name = Head(end.sequence, end.hash, now), signing.id_of(key.public_key())
    db.session.add(
        Checkpoint(
            day=now.date(),
            sequence=head.sequence,
            hash=head.hash,
            at=now,
            key=name,
            public_key=signing.pem_of(key.public_key()),
            signature=signing.sign(head.words(name), key),
        )
    )
