"""A funded stage: agreement, rights accepted by both sides, milestones, evidence, release, payment."""

from datetime import date, timedelta

from civtech.core import clock
from civtech.demo.cast import Team
from civtech.demo.director import Story
from civtech.demo.figures import vat_number
from civtech.demo.plot import Act, Plot
from civtech.funding.models import Release
from civtech.organisations.models import IdentifierScheme, OrganisationKind
from civtech.programmes.models import Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import BackgroundKind
from civtech.stages.models import Milestone, StageAgreement


def fund(
    plot: Plot,
    stage: Stage,
    proposal: Proposal,
    rivals: list[StageAgreement],
    *,
    begins: int,
    share: float = 1,
    left: Act | None = None,
) -> Story:
    """Take one team through `stage`; `share` of the stage's figure is agreed (a contract may be below its ceiling).

    The act in `left` is left undone at the first milestone.
    """
    rng, staff, body = plot.rng, plot.cast.staff, plot.body
    team = plot.proposals[proposal]
    weeks = stage.weeks or 4
    yield plot.working(begins)
    agreement = StageAgreement.draft(
        proposal=proposal,
        stage=stage,
        starts_on=plot.noon(begins + 3).date(),
        ends_on=plot.noon(begins + 3 + 7 * weeks).date(),
        by=staff[0],
        at=clock.now(),
    )
    _plan(plot, agreement, share)
    yield plot.working(begins + 1)
    plot.director.settle()
    if not team.organisation.can_be_paid:
        _register(team)
        yield clock.now() + timedelta(hours=1)
        plot.director.settle()
    agreement.offer(vat_number=vat_number(team.organisation.id), by=staff[0], at=clock.now())
    rivals.append(agreement)
    if left is Act.RIGHTS:
        return
    yield plot.noon(begins + 2, hour=9, minute=rng.randint(0, 59))
    plot.director.settle()
    for item in rng.sample(plot.words.sentences["background"], rng.randint(1, 3)):
        agreement.statement.list_background(
            kind=BackgroundKind(item["kind"]),
            title=item["title"],
            owner=team.organisation.legal_name,
            by=team.owner,
            at=clock.now(),
        )
    plot.director.settle()
    agreement.statement.accept_for_company(by=team.owner, at=clock.now())
    yield plot.noon(begins + 2, hour=15, minute=rng.randint(0, 59))
    plot.director.settle()
    agreement.statement.accept_for_body(by=body.approver, at=clock.now())
    for number, milestone in enumerate(agreement.milestones):
        plot.director.begin(deliver(plot, team, milestone, last=milestone.due_on, left=left if number == 0 else None))


def _register(team: Team) -> None:
    """Give the team what an agreement needs: a person with an idea founds a company, a company adds its number."""
    company, at = team.organisation, clock.now()
    scheme, number = IdentifierScheme.COMPANIES_HOUSE, f"SC{700_000 + company.id}"
    if company.kind is OrganisationKind.INDIVIDUAL:
        company.become_company(
            legal_name=f"{company.legal_name} Ltd",
            trading_name=None,
            identifier_scheme=scheme,
            identifier_number=number,
            by=team.owner,
            at=at,
        )
        return
    company.change(
        legal_name=company.legal_name,
        trading_name=company.trading_name,
        identifier_scheme=scheme,
        identifier_number=number,
        about=company.about,
        by=team.owner,
        at=at,
    )


def _plan(plot: Plot, agreement: StageAgreement, share: float) -> None:
    stage = agreement.stage
    key = stage.key.replace("-", "")
    plans = plot.words.sentences["milestones"].get(key) or plot.words.sentences["milestones"]["exploration"]
    plan = plot.rng.choice(plans)
    total = round((stage.amount_pence or 0) * share / 100) * 100
    length = (agreement.ends_on - agreement.starts_on).days
    each = total // len(plan) // 100 * 100
    for number, entry in enumerate(plan, start=1):
        last = number == len(plan)
        agreement.plan(
            title=entry["title"],
            success_criteria=entry["success"],
            due_on=agreement.starts_on + timedelta(days=length * number // len(plan) - (1 if last else 0)),
            amount_pence=total - each * (len(plan) - 1) if last else each,
            vat_per_cent=20,
            by=plot.cast.staff[0],
            at=clock.now(),
        )


def deliver(plot: Plot, team: Team, milestone: Milestone, *, last: date, left: Act | None) -> Story:
    """Play one milestone: evidence at least a day before it is due, sometimes returned once, then accepted and paid."""
    rng, body = plot.rng, plot.body
    evidence = plot.words.evidence_of(milestone.title)
    due = (last - plot.noon(0).date()).days
    yield plot.working(due - rng.randint(2, 4))
    plot.director.settle()
    milestone.deliver(evidence=rng.choice(evidence), link=None, by=team.editor, at=clock.now())
    if rng.random() < 0.15:
        yield plot.noon(due - 1, hour=9)
        plot.director.settle()
        milestone.send_back(reason=rng.choice(plot.words.sentences["returned"]), by=body.acceptor, at=clock.now())
        yield plot.noon(due - 1, hour=13)
        plot.director.settle()
        milestone.deliver(evidence=rng.choice(evidence), link=None, by=team.editor, at=clock.now())
    yield plot.noon(due - 1, hour=15, minute=rng.randint(0, 59))
    plot.director.settle()
    if left is Act.ACCEPTANCE:
        return
    milestone.accept(by=body.acceptor, at=clock.now())
    yield clock.now() + timedelta(days=1, hours=rng.randint(1, 20))
    plot.director.settle()
    release = Release.propose(milestone=milestone, by=plot.cast.staff[1 if left else rng.randint(0, 1)], at=clock.now())
    yield clock.now() + timedelta(hours=rng.randint(3, 30))
    plot.director.settle()
    if left is Act.RELEASE_APPROVAL:
        return
    release.approve(by=plot.cast.staff[rng.randint(2, 3)], at=clock.now())
    yield clock.now() + timedelta(days=rng.randint(3, 9))
    plot.director.settle()
    if left is Act.PAYMENT:
        return
    release.pay(bank_reference=f"BACS-{rng.randint(10**7, 10**8 - 1)}", by=plot.cast.finance[0], at=clock.now())
