"""Agreements with their rights statement and milestones."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from factory import LazyAttribute, SubFactory, Trait

from civtech.core.db import db
from civtech.demo.figures import vat_number
from civtech.organisations.models import MemberRole
from civtech.people.models import User
from civtech.rights.models import BackgroundKind
from civtech.stages.models import Milestone, StageAgreement
from tests.factories.organisations import holder
from tests.factories.people import UserFactory
from tests.factories.verbs import DAY, Then, VerbFactory

VAT_NUMBER = vat_number(1)


def _plan(agreement: StageAgreement, said: Any) -> None:
    for number, amount in enumerate(said.amounts, start=1):
        agreement.plan(
            title=f"Milestone {number}",
            success_criteria="Counts for three junctions, with method and raw data.",
            due_on=date(2027, 2, 10 + number),
            amount_pence=amount,
            vat_per_cent=said.vat,
            by=said.by,
            at=said.at,
        )


def _accept(agreement: StageAgreement, said: Any) -> None:
    owner, at = holder(agreement.company, MemberRole.OWNER), said.accepted_at
    statement = agreement.statement
    statement.list_background(
        kind=BackgroundKind.SOFTWARE, title="Signal library", owner="The company", by=owner, at=at
    )
    db.session.flush()
    statement.accept_for_company(by=owner, at=at)
    db.session.flush()
    statement.accept_for_body(by=holder(agreement.public_body, MemberRole.APPROVER), at=at)


class AgreementFactory(VerbFactory):
    """A draft agreement with a milestone for each of `amounts` in pence, at `vat` per cent.

    `offered` offers it to both sides. With `in_force` both accept it, an hour later.
    """

    class Meta:
        model = StageAgreement
        verb = "draft"

    class Params:
        amounts: Sequence[int] = (200_000, 300_000)
        vat = 20
        vat_number = VAT_NUMBER
        accepted_at = LazyAttribute(lambda said: said.at + DAY / 24)
        offered = Trait(offer=Then(lambda made, said: made.offer(vat_number=said.vat_number, by=said.by, at=said.at)))
        in_force = Trait(offered=True, acceptance=Then(_accept))

    starts_on = date(2027, 2, 1)
    ends_on = date(2027, 6, 30)
    by = SubFactory(UserFactory, staff=True)
    plans = Then(_plan)


def delivered(milestone: Milestone, *, by: User | None = None, at: Any) -> Milestone:
    """A milestone with evidence, which the company's owner sent."""
    owner = by or holder(milestone.agreement.company, MemberRole.OWNER)
    milestone.deliver(evidence="All three junctions.", link="https://example.org/counts", by=owner, at=at)
    db.session.flush()
    return milestone


def accepted(milestone: Milestone, *, at: Any) -> Milestone:
    """A milestone with evidence that the public body accepted."""
    delivered(milestone, at=at).accept(by=holder(milestone.agreement.public_body, MemberRole.ACCEPTOR), at=at)
    db.session.flush()
    return milestone
