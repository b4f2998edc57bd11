"""What the database refuses to do with money."""

from civtech.challenges.models.guards import scopes_of
from civtech.challenges.models.hint import ABOUT_STAFF, CONSIDER_FIRST, open_in_sql
from civtech.core.currency import takes_currency_of
from civtech.core.deciding import decides, decides_nothing
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import append_only, guard, kept, written
from civtech.core.text import N_
from civtech.funding.models.ledger_account import LedgerAccount
from civtech.funding.models.owed import Owed
from civtech.funding.models.release import NUMBER_FIRST, RIGHTS_FIRST, Release
from civtech.funding.models.transfer import NOT_ENOUGH, Transfer
from civtech.organisations.models.organisation import CAN_BE_PAID
from civtech.people.models.guards import begun_by, only_by
from civtech.rights.models.conflict import stake_in_sql

append_only("transfer")
takes_currency_of(LedgerAccount, "stage", "milestone")
takes_currency_of(Transfer, "debit", "credit")
takes_currency_of(Release, "milestone")

guard(
    "account_begins_empty",
    table="account",
    on="INSERT",
    condition="NEW.balance_pence <> 0",
    message=N_("A new account must start with a balance of zero."),
)
TRANSFERRED = (
    "(SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM transfer WHERE transfer.credit_id = NEW.id) "
    "- (SELECT COALESCE(SUM(transfer.amount_pence), 0) FROM transfer WHERE transfer.debit_id = NEW.id)"
)
frozen(
    LedgerAccount,
    unless={"balance_pence": f"NEW.balance_pence = {TRANSFERRED}"},
    message=N_("The balance of an account must equal the total of its transfers."),
)
kept("account", N_("Accounts cannot be deleted."))

SIDES = (
    "SELECT 1 FROM account AS debit JOIN account AS credit ON credit.id = NEW.credit_id "
    "WHERE debit.id = NEW.debit_id AND debit.challenge_id = credit.challenge_id AND debit.stage_id = credit.stage_id"
)
ROUTES = {
    "budget": "debit.kind = 'source' AND credit.kind = 'budget'",
    "commitment": "debit.kind = 'budget' AND credit.kind = 'committed'",
    "release": "debit.kind = 'committed' AND credit.kind = 'released' AND debit.milestone_id = credit.milestone_id",
    "payment": "debit.kind = 'released' AND credit.kind = 'paid' AND debit.milestone_id = credit.milestone_id",
    "return": "debit.kind = 'committed' AND credit.kind = 'budget'",
    "withdrawal": "debit.kind = 'budget' AND credit.kind = 'source'",
}
guard(
    "transfer_keeps_to_the_route",
    table="transfer",
    on="INSERT",
    condition=(
        f"NOT EXISTS ({SIDES} AND ("
        + " OR ".join(f"(NEW.kind = '{kind}' AND {route})" for kind, route in ROUTES.items())
        + "))"
    ),
    message=N_("Money can only move from budget to committed, released and paid, or be returned."),
)
guard(
    "transfer_finds_enough",
    table="transfer",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM account WHERE account.id = NEW.debit_id "
        "AND (account.kind = 'source' OR account.balance_pence >= NEW.amount_pence))"
    ),
    message=NOT_ENOUGH,
)
MILESTONE_OF = (
    "SELECT 1 FROM account JOIN milestone ON milestone.id = account.milestone_id "
    "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
    "JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id WHERE account.id = NEW.{side}_id"
)
guard(
    "transfer_waits_for_the_rights_statement",
    table="transfer",
    on="INSERT",
    condition=(
        f"NEW.kind IN ('commitment', 'release', 'payment') AND NOT EXISTS ({MILESTONE_OF.format(side='credit')} "
        "AND rights_statement.company_accepted_at <= NEW.moved_at "
        "AND rights_statement.body_accepted_at <= NEW.moved_at)"
    ),
    message=RIGHTS_FIRST,
)


def _release(state: str, person: str, instant: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM release JOIN account ON account.milestone_id = release.milestone_id "  # noqa: S608
        f"WHERE account.id = NEW.credit_id AND release.state = '{state}' AND release.amount_pence = NEW.amount_pence "
        f"AND release.{person} = NEW.moved_by_id AND release.{instant} = NEW.moved_at)"
    )


ALL_OF_IT = "account.balance_pence = NEW.amount_pence"
DECIDED = {
    "budget": (
        "EXISTS (SELECT 1 FROM account JOIN stage_budget ON stage_budget.challenge_id = account.challenge_id "
        "AND stage_budget.stage_id = account.stage_id JOIN challenge ON challenge.id = account.challenge_id "
        "WHERE account.id = NEW.credit_id AND stage_budget.amount_pence = NEW.amount_pence "
        "AND challenge.state = 'published')"
    ),
    "commitment": (
        f"EXISTS ({MILESTONE_OF.format(side='credit')} AND stage_agreement.state = 'active' "
        "AND milestone.amount_pence = NEW.amount_pence AND stage_agreement.activated_at = NEW.moved_at)"
    ),
    "release": _release("approved", "approved_by_id", "approved_at"),
    "payment": _release("paid", "paid_by_id", "paid_at"),
    "return": f"EXISTS ({MILESTONE_OF.format(side='debit')} AND milestone.state = 'undelivered' AND {ALL_OF_IT})",
    "withdrawal": (
        "EXISTS (SELECT 1 FROM account JOIN challenge ON challenge.id = account.challenge_id "  # noqa: S608
        f"WHERE account.id = NEW.debit_id AND challenge.state = 'cancelled' AND {ALL_OF_IT})"
    ),
}
for _kind, _decided in DECIDED.items():
    guard(
        f"transfer_follows_a_decision_on_{_kind}",
        table="transfer",
        on="INSERT",
        condition=f"NEW.kind = '{_kind}' AND NOT {_decided}",
        message=N_(
            "Money can only move as it was decided. The amount, the person and the time must match the decision."
        ),
    )

MILESTONE = (
    "SELECT 1 FROM milestone JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
    "JOIN rights_statement ON rights_statement.id = stage_agreement.statement_id "
    "WHERE milestone.id = NEW.milestone_id"
)
TEAM = (
    "SELECT stage_agreement.proposal_id FROM stage_agreement JOIN milestone "
    "ON milestone.agreement_id = stage_agreement.id WHERE milestone.id = NEW.milestone_id"
)
CHALLENGE = f"SELECT proposal.challenge_id FROM proposal WHERE proposal.id = ({TEAM})"  # noqa: S608
SCOPES = scopes_of(CHALLENGE)


for _on in ("INSERT", "UPDATE"):
    guard(
        f"release_waits_for_the_rights_statement_on_{_on.lower()}",
        table="release",
        on=_on,
        condition=(
            f"NEW.state <> 'refused' AND NOT EXISTS ({MILESTONE} "
            "AND rights_statement.company_accepted_at <= NEW.proposed_at "
            "AND rights_statement.body_accepted_at <= NEW.proposed_at)"
        ),
        message=RIGHTS_FIRST,
    )
    guard(
        f"release_goes_to_a_company_with_a_number_on_{_on.lower()}",
        table="release",
        on=_on,
        condition=(
            "NEW.state <> 'refused' AND NOT EXISTS (SELECT 1 FROM proposal "  # noqa: S608
            "JOIN organisation ON organisation.id = proposal.organisation_id "
            f"WHERE proposal.id = ({TEAM}) AND {CAN_BE_PAID})"
        ),
        message=NUMBER_FIRST,
    )
    guard(
        f"release_keeps_to_its_milestone_on_{_on.lower()}",
        table="release",
        on=_on,
        condition=(
            f"NOT EXISTS ({MILESTONE} AND milestone.state = 'accepted' AND NEW.amount_pence <= milestone.amount_pence "
            "AND NEW.vat_pence <= milestone.vat_pence AND milestone.accepted_at <= NEW.proposed_at)"
        ),
        message=N_("A release cannot be more than the amount of its accepted milestone."),
    )
    guard(
        f"release_is_kept_apart_from_acceptance_on_{_on.lower()}",
        table="release",
        on=_on,
        condition=(
            f"EXISTS ({MILESTONE} AND milestone.accepted_by_id IN (NEW.proposed_by_id, "
            "COALESCE(NEW.approved_by_id, 0), COALESCE(NEW.refused_by_id, 0), COALESCE(NEW.paid_by_id, 0)))"
        ),
        message=N_("The person who accepted the evidence cannot propose, approve, refuse or pay the release."),
    )
guard(
    "release_is_paid_by_another_than_approved_it",
    table="release",
    on="UPDATE OF paid_by_id, approved_by_id",
    condition=(
        "NEW.paid_by_id = NEW.approved_by_id AND EXISTS (SELECT 1 FROM proposal "  # noqa: S608
        "JOIN challenge ON challenge.id = proposal.challenge_id JOIN round ON round.id = challenge.round_id "
        f"WHERE proposal.id = ({TEAM}) AND round.payer_must_differ)"
    ),
    message=N_("The person who approved a release cannot mark it as paid."),
)
guard(
    "release_is_proposed_without_conflict",
    table="release",
    on="INSERT",
    condition=stake_in_sql("NEW.proposed_by_id", f"({TEAM})"),
    message=N_("No one can act on a release if they have a conflict of interest."),
)
guard(
    "release_is_decided_without_conflict",
    table="release",
    on="UPDATE",
    condition=" OR ".join(
        f"(OLD.{person} IS NULL AND NEW.{person} IS NOT NULL AND {stake_in_sql(f'NEW.{person}', f'({TEAM})')})"
        for person in ("approved_by_id", "refused_by_id", "paid_by_id")
    ),
    message=N_("No one can act on a release if they have a conflict of interest."),
)
PAYEE = f"SELECT proposal.organisation_id FROM proposal WHERE proposal.id = ({TEAM})"  # noqa: S608
for _on, _people in (("INSERT", ("proposed_by_id",)), ("UPDATE", ("approved_by_id", "paid_by_id"))):
    guard(
        f"release_follows_a_look_at_conflicts_on_{_on.lower()}",
        table="release",
        on=_on,
        condition=" OR ".join(
            f"({f'{written(person)} AND ' if _on == 'UPDATE' else ''}"
            f"NOT EXISTS ({MILESTONE} AND milestone.accepted_by_id = NEW.{person}) "
            f"AND {open_in_sql(f'NEW.{person}', CHALLENGE, *ABOUT_STAFF, organisation=PAYEE)})"
            for person in _people
        ),
        message=CONSIDER_FIRST,
    )
begun_by(
    "staff",
    table="release",
    person="proposed_by_id",
    at="proposed_at",
    within=SCOPES,
    name="release_is_proposed_by_staff",
    message=N_("Only programme staff can propose a release."),
)
for _person in ("approved_by_id", "refused_by_id"):
    only_by(
        "staff",
        "finance",
        table="release",
        person=_person,
        at=_person.replace("_by_id", "_at"),
        within=SCOPES,
        name=f"release_is_{_person.removesuffix('_by_id')}_by_staff_or_finance",
        message=N_("Only programme staff or finance can approve or refuse a release."),
    )
only_by(
    "finance",
    table="release",
    person="paid_by_id",
    at="paid_at",
    within=SCOPES,
    name="release_is_paid_by_finance",
    message=N_("Only finance can mark a release as paid."),
)
guard(
    "round_waits_for_its_payments",
    table="round",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'finished' AND OLD.state <> 'finished' AND EXISTS (SELECT 1 FROM milestone "
        "JOIN stage_agreement ON stage_agreement.id = milestone.agreement_id "
        "JOIN proposal ON proposal.id = stage_agreement.proposal_id "
        "JOIN challenge ON challenge.id = proposal.challenge_id WHERE challenge.round_id = NEW.id "
        "AND milestone.state IN ('delivered', 'accepted') AND NOT EXISTS (SELECT 1 FROM release "
        "WHERE release.milestone_id = milestone.id AND release.state = 'paid'))"
    ),
    message=N_("You cannot close this round yet. At least one milestone has been delivered but not paid."),
)
begins(Release, message=N_("A release must be proposed first."))
moves(Release, message=N_("A release is proposed, approved and paid in that order."))
frozen(Release, message=N_("The amounts of a release, and who decided on it, cannot be changed."))
kept("release", N_("Releases cannot be deleted."))
decides(Release)
decides(Transfer, of=Transfer.credit_id)
decides_nothing(Owed, because="It makes the database refuse a decision without its transfer. Both of those are bound.")
decides(
    LedgerAccount,
    of=LedgerAccount.challenge_id,
    but={"balance_pence": "Transfers move it, and `flask ledger verify` recomputes it from them."},
)
