"""What the database itself refuses to do to a rights statement."""

from civtech.core.guards import changed, differs, guard
from civtech.core.text import N_
from civtech.people.models.guards import acts_for
from civtech.rights.models.conflict import stake_in_sql
from civtech.rights.models.statement import ONLY_AN_OWNER, SAME_TERMS
from civtech.rights.models.terms import EQUITY, LICENCE

TERMS = (
    "company_name",
    "public_body_name",
    "foreground_owner",
    *(f"licence_{term}" for term in LICENCE),
    *EQUITY,
)
IDENTITY = ("reference", "number", "proposal_id", "stage_id", "drawn_up_at")


def company_of(proposal: str) -> str:
    """SQL: the id of the company behind a proposal's id."""
    return f"SELECT proposal.organisation_id FROM proposal WHERE proposal.id = {proposal}"  # noqa: S608


def sponsor_of(proposal: str) -> str:
    """SQL: the id of the public body whose challenge a proposal's id answers."""
    return (
        "SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id "  # noqa: S608
        f"WHERE proposal.id = {proposal}"
    )


guard(
    "rights_statement_begins_unaccepted",
    table="rights_statement",
    on="INSERT",
    condition="NEW.company_accepted_at IS NOT NULL OR NEW.body_accepted_at IS NOT NULL",
    message=N_("A rights statement is accepted after it was drawn up."),
)
guard(
    "rights_statement_begins_drawn_up",
    table="rights_statement",
    on="INSERT",
    condition="NEW.offered_at IS NOT NULL OR NEW.listed_at IS NOT NULL",
    message=N_("A rights statement is put to both sides after it was drawn up."),
)
guard(
    "rights_statement_is_immutable_once_accepted",
    table="rights_statement",
    on="UPDATE",
    condition="OLD.company_accepted_at IS NOT NULL AND OLD.body_accepted_at IS NOT NULL",
    message=N_("The rights statement is accepted by both sides and can no longer change."),
)
guard(
    "rights_statement_keeps_its_terms",
    table="rights_statement",
    on="UPDATE",
    condition=(
        f"({changed(*IDENTITY)}) OR (OLD.offered_at IS NOT NULL AND NEW.offered_at IS NOT NULL "
        "AND (NEW.offered_at <> OLD.offered_at "
        "OR COALESCE(NEW.company_number, '') <> COALESCE(OLD.company_number, '') "
        f"OR {changed(*TERMS)}))"
    ),
    message=N_("The rights statement was put to both sides: its terms are fixed."),
)
for _side in ("company", "body"):
    guard(
        f"rights_acceptance_stands_for_{_side}",
        table="rights_statement",
        on="UPDATE",
        condition=(
            f"OLD.{_side}_accepted_at IS NOT NULL AND (NEW.{_side}_accepted_at IS NULL "
            f"OR {changed(f'{_side}_accepted_at', f'{_side}_accepted_by_id')} "
            f"OR {differs(f'{_side}_accepted_terms')})"
        ),
        message=N_("An acceptance of the rights statement is not taken back or moved."),
    )
    guard(
        f"rights_acceptance_names_its_terms_for_{_side}",
        table="rights_statement",
        on="UPDATE",
        condition=(
            f"(OLD.{_side}_accepted_at IS NULL AND NEW.{_side}_accepted_at IS NOT NULL "
            f"AND COALESCE(length(NEW.{_side}_accepted_terms), 0) <> 64) "
            f"OR (NEW.{_side}_accepted_at IS NULL AND NEW.{_side}_accepted_terms IS NOT NULL)"
        ),
        message=N_("An acceptance of the rights statement names the terms that were accepted."),
    )
guard(
    "rights_are_accepted_on_the_same_terms",
    table="rights_statement",
    on="UPDATE",
    condition="NEW.company_accepted_terms <> NEW.body_accepted_terms",
    message=SAME_TERMS,
)
guard(
    "rights_are_accepted_by_an_officer_of_the_company",
    table="rights_statement",
    on="UPDATE",
    condition=(
        "OLD.company_accepted_by_id IS NULL AND NEW.company_accepted_by_id IS NOT NULL AND NOT "
        + acts_for("NEW.company_accepted_by_id", company_of("NEW.proposal_id"), "owner")
    ),
    message=ONLY_AN_OWNER,
)
guard(
    "rights_are_accepted_by_an_officer_of_the_body",
    table="rights_statement",
    on="UPDATE",
    condition=(
        "OLD.body_accepted_by_id IS NULL AND NEW.body_accepted_by_id IS NOT NULL AND (NOT "
        + acts_for("NEW.body_accepted_by_id", sponsor_of("NEW.proposal_id"), "owner", "approver")
        + " OR "
        + stake_in_sql("NEW.body_accepted_by_id", "NEW.proposal_id")
        + ")"
    ),
    message=N_("Only an owner or approver of the public body, who has no stake in the team, can accept for it."),
)
guard(
    "rights_statement_never_goes",
    table="rights_statement",
    on="DELETE",
    condition="OLD.offered_at IS NOT NULL",
    message=N_("A rights statement that was put to both sides is kept."),
)

ACCEPTED = (
    "EXISTS (SELECT 1 FROM rights_statement WHERE rights_statement.id = {row}.statement_id "
    "AND (rights_statement.company_accepted_at IS NOT NULL OR rights_statement.body_accepted_at IS NOT NULL))"
)
for _on, _rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
    guard(
        f"background_is_fixed_on_{_on.lower()}",
        table="background_item",
        on=_on,
        condition=" OR ".join(ACCEPTED.format(row=row) for row in _rows),
        message=N_("The rights statement has been accepted: its list of background is fixed."),
    )
