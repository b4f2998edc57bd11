"""Which money a person may see, and what the ledger adds up to."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager, joinedload

from civtech.challenges import queries as challenges
from civtech.challenges.models import Challenge, StageBudget, tied_to_proposal
from civtech.challenges.queries import within
from civtech.core.statements import built_once
from civtech.funding.models import AccountKind, LedgerAccount, Release, ReleaseState, Transfer, TransferKind
from civtech.people.models import ProgrammeRole, ScopeKind, User
from civtech.programmes.models import Round, Stage
from civtech.proposals.models import Proposal
from civtech.rights.models import stake
from civtech.rights.models.conflict import A_STAKE
from civtech.rights.queries import OVERSEE_MONEY, overseen, readable_by
from civtech.roles.models import RoleGrant
from civtech.roles.models.role_grant import in_force
from civtech.stages import queries as stages
from civtech.stages.models import Milestone, MilestoneState, StageAgreement
from civtech.stages.queries import milestones_visible_to

HEADING = contains_eager(Release.milestone).options(
    contains_eager(Milestone.agreement).options(*stages.HEADING),
)


IN_FULL = (
    joinedload(Release.proposed_by),
    joinedload(Release.approved_by),
    joinedload(Release.refused_by),
    joinedload(Release.paid_by),
    contains_eager(Release.milestone).joinedload(Milestone.accepted_by),
)
"""The people that a release's own page also shows: who proposed, decided and paid it, and who accepted the evidence."""


@built_once
def visible_to(actor: User) -> Select[Release]:
    """Select releases of the actor's organisations, and those the actor oversees for the programme."""
    return (
        select(Release)
        .join(Release.milestone)
        .join(Milestone.agreement)
        .join(StageAgreement.proposal)
        .join(Proposal.challenge)
        .where(readable_by(actor, true()))
        .options(HEADING)
    )


@built_once
def to_open(actor: User, reference: str) -> Select[Release]:
    """Select the release with this reference, if `actor` may see it, with the people that its page shows."""
    return visible_to(actor).where(Release.reference == reference).options(*IN_FULL)


@built_once
def of_milestone(actor: User, milestone: Milestone) -> Select[Release]:
    """Select the releases of one milestone, latest first."""
    return visible_to(actor).where(Release.milestone_id == milestone.id).order_by(Release.id.desc())


@built_once
def to_propose(actor: User) -> Select[Milestone]:
    """Select accepted milestones whose release `actor` may propose."""
    live = exists().where(Release.milestone_id == Milestone.id, Release.state != ReleaseState.REFUSED)
    return (
        milestones_visible_to(actor)
        .where(
            within(actor.reach(ProgrammeRole.STAFF)),
            Milestone.state == MilestoneState.ACCEPTED,
            Milestone.accepted_by_id != actor.id,
            ~live,
            ~stake(actor),
        )
        .order_by(Milestone.accepted_at, Milestone.id)
    )


def _approved_it(person: int | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether `person` approved the release and its round wants another person to pay it."""
    of_it = aliased(Round)
    strict = exists().where(of_it.id == Challenge.round_id, of_it.payer_must_differ)
    return and_(func.coalesce(Release.approved_by_id, 0) == person, strict)


@built_once
def payers(release: Release, at: datetime) -> Select[int]:
    """Select the ids of the people who can pay a release, once it is approved, with the roles they have now."""
    held = or_(
        RoleGrant.scope_kind == ScopeKind.PROGRAMME,
        RoleGrant.scope_reference == Challenge.reference,
        RoleGrant.scope_reference == Round.reference,
    )
    return (
        select(User.id)
        .distinct()
        .select_from(Release)
        .join(Release.milestone)
        .join(Milestone.agreement)
        .join(StageAgreement.proposal)
        .join(Proposal.challenge)
        .join(Challenge.round)
        .join(RoleGrant, RoleGrant.role == ProgrammeRole.FINANCE)
        .join(User, User.id == RoleGrant.user_id)
        .where(
            Release.id == release.id,
            User.active,
            in_force(at),
            held,
            User.id != Release.proposed_by_id,
            User.id != Milestone.accepted_by_id,
            ~_approved_it(User.id),
            ~tied_to_proposal(User.id, Proposal.id, *A_STAKE),
        )
    )


@built_once
def to_decide(actor: User) -> Select[Release]:
    """Select releases that `actor` may approve or refuse and, for finance, approved ones to pay."""
    second = within(actor.reach(ProgrammeRole.STAFF, ProgrammeRole.FINANCE))
    pays = within(actor.reach(ProgrammeRole.FINANCE))
    return (
        visible_to(actor)
        .where(
            or_(
                and_(second, Release.state == ReleaseState.PROPOSED),
                and_(pays, Release.state == ReleaseState.APPROVED, ~_approved_it(actor.id)),
            ),
            Release.proposed_by_id != actor.id,
            Milestone.accepted_by_id != actor.id,
            ~stake(actor),
        )
        .order_by(Release.proposed_at, Release.id)
    )


SHOWN = (AccountKind.BUDGET, AccountKind.COMMITTED, AccountKind.RELEASED, AccountKind.PAID)


def _sum(kind: AccountKind) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((LedgerAccount.kind == kind, LedgerAccount.balance_pence), else_=0)), 0)


def _totals(actor: User) -> Subquery:
    """What the accounts of each kind hold together, in each currency, in all challenges whose money `actor` sees."""
    sponsored = select(Challenge.id).where(Challenge.sponsor_id.in_(actor.organisation_ids()))
    visible = or_(
        challenges.is_within(actor.reach(*OVERSEE_MONEY), LedgerAccount.challenge_id),
        LedgerAccount.challenge_id.in_(sponsored),
    )
    return (
        select(LedgerAccount.currency, *(_sum(kind).label(kind.value) for kind in SHOWN))
        .where(LedgerAccount.kind.in_(SHOWN), LedgerAccount.balance_pence != 0, visible)
        .group_by(LedgerAccount.currency)
        .subquery()
    )


@built_once
def money(
    actor: User, after: int | None, number: int
) -> Select[Challenge, Stage, int, int, int, int, str, *tuple[int, ...]]:
    """Select (challenge, stage, its four figures, a currency, the same four of all challenges in it), excluding VAT.

    The figures are what is left in the budget, committed, released and paid: the balance of the accounts of that kind
    now, because money moves on from one to the next. The challenges are the newest `number` before the one with the id
    `after`. Each stage is in a row for every currency there is, which is one unless the programme changed its own.
    """
    totals = _totals(actor)
    visible = or_(overseen(actor), Challenge.sponsor_id.in_(actor.organisation_ids()))
    newest = select(Challenge.id).where(visible, exists().where(LedgerAccount.challenge_id == Challenge.id))
    if after is not None:
        newest = newest.where(Challenge.id < after)
    sums = (
        select(LedgerAccount.challenge_id, LedgerAccount.stage_id, *(_sum(kind).label(kind.value) for kind in SHOWN))
        .where(LedgerAccount.challenge_id.in_(newest.order_by(Challenge.id.desc()).limit(number)))
        .group_by(LedgerAccount.challenge_id, LedgerAccount.stage_id)
        .subquery()
    )
    return (
        select(
            Challenge,
            Stage,
            *(sums.c[kind.value] for kind in SHOWN),
            totals.c.currency,
            *(totals.c[kind.value] for kind in SHOWN),
        )
        .join(sums, sums.c.challenge_id == Challenge.id)
        .join(Stage, Stage.id == sums.c.stage_id)
        .outerjoin(totals, true())
        .options(*challenges.HEADING)
        .order_by(Challenge.id.desc(), Stage.position)
    )


@built_once
def balances(milestone: Milestone) -> Select[int, int]:
    """Select what of a milestone's money is committed and what is released, in pence."""
    return select(_sum(AccountKind.COMMITTED), _sum(AccountKind.RELEASED)).where(
        LedgerAccount.milestone_id == milestone.id
    )


@built_once
def received_by(proposal: Proposal) -> Select[int, int, int, str]:
    """Select (released, paid, VAT paid, currency) for one team over all stages, if anything was released to it."""
    paid = Release.state == ReleaseState.PAID
    return (
        select(
            func.sum(Release.amount_pence),
            func.sum(case((paid, Release.amount_pence), else_=0)),
            func.sum(case((paid, Release.vat_pence), else_=0)),
            Release.currency,
        )
        .join(Release.milestone)
        .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
        .where(StageAgreement.proposal_id == proposal.id, Release.state.in_([ReleaseState.APPROVED, ReleaseState.PAID]))
        .group_by(Release.currency)
    )


@built_once
def recomputed() -> Select[LedgerAccount, int]:
    """Select (account, sum of its transfers) for every account whose balance differs from that sum."""
    moved = (
        select(func.coalesce(func.sum(Transfer.amount_pence), 0))
        .where(Transfer.credit_id == LedgerAccount.id)
        .correlate(LedgerAccount)
        .scalar_subquery()
        - select(func.coalesce(func.sum(Transfer.amount_pence), 0))
        .where(Transfer.debit_id == LedgerAccount.id)
        .correlate(LedgerAccount)
        .scalar_subquery()
    )
    return select(LedgerAccount, moved).order_by(LedgerAccount.id).where(LedgerAccount.balance_pence != moved)


@built_once
def unmoved() -> Select[Release]:
    """Select releases that were approved or paid but lack the transfer for it."""

    def has(kind: str) -> ColumnElement[bool]:
        return exists().where(
            Transfer.key == literal(f"{kind}:") + Milestone.reference, Transfer.amount_pence == Release.amount_pence
        )

    approved = Release.state.in_([ReleaseState.APPROVED, ReleaseState.PAID])
    return (
        select(Release)
        .join(Release.milestone)
        .where(or_(and_(approved, ~has("release")), and_(Release.state == ReleaseState.PAID, ~has("payment"))))
        .options(contains_eager(Release.milestone))
        .order_by(Release.id)
    )


def _due() -> CompoundSelect[str]:
    """Select the key of every transfer that a decision made due, except withdrawals, whose amount is what was left."""
    stage_of_budget = (
        select(literal("budget:") + Challenge.reference + literal(":") + Stage.key)
        .select_from(StageBudget)
        .join(Challenge, Challenge.id == StageBudget.challenge_id)
        .join(Stage, Stage.id == StageBudget.stage_id)
        .where(Challenge.published_at.is_not(None), StageBudget.amount_pence > 0)
    )

    def of_milestones(kind: str, *where: ColumnElement[bool]) -> Select[str]:
        return (
            select((literal(f"{kind}:") + Milestone.reference).label("key"))
            .select_from(Milestone)
            .join(StageAgreement, StageAgreement.id == Milestone.agreement_id)
            .where(*where)
        )

    def released(*states: ReleaseState) -> ColumnElement[bool]:
        return exists().where(Release.milestone_id == Milestone.id, Release.state.in_(states))

    return union_all(
        stage_of_budget,
        of_milestones("commitment", StageAgreement.activated_at.is_not(None)),
        of_milestones("release", released(ReleaseState.APPROVED, ReleaseState.PAID)),
        of_milestones("payment", released(ReleaseState.PAID)),
        of_milestones("return", Milestone.state == MilestoneState.UNDELIVERED),
    )


def unpaired() -> CompoundSelect[str, bool]:
    """Select (key, whether the money moved): due but not moved, or moved although no decision made it due."""
    due = _due().subquery("due")
    key = due.c[0]
    missing = select(key, literal(False)).where(~exists().where(Transfer.key == key))
    undecided = select(Transfer.key, literal(True)).where(
        Transfer.kind != TransferKind.WITHDRAWAL, Transfer.key.not_in(select(key))
    )
    return missing.union_all(undecided)
