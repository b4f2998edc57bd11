"""What the database refuses to do to a rights statement."""

from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.people.models.guards import acts_for
from civtech.rights.models.background import BackgroundItem
from civtech.rights.models.conflict import stake_in_sql
from civtech.rights.models.statement import ONLY_AN_OWNER, SAME_TERMS, RightsStatement
from civtech.rights.models.terms import EQUITY, LICENCE

TERMS = (
    "company_name",
    "public_body_name",
    "foreground_owner",
    *(f"licence_{term}" for term in LICENCE),
    *EQUITY,
)
SIDES = ("company", "body")
NOT_BOTH = "(OLD.company_accepted_at IS NULL OR OLD.body_accepted_at IS NULL)"


def company_of(proposal: str) -> str:
    """Write SQL for the id of the company behind a proposal, from the proposal's id."""
    return f"SELECT proposal.organisation_id FROM proposal WHERE proposal.id = {proposal}"  # noqa: S608


def sponsor_of(proposal: str) -> str:
    """Write SQL for the id of the public body whose challenge a proposal answers, from the proposal's id."""
    return (
        "SELECT challenge.sponsor_id FROM challenge JOIN proposal ON proposal.challenge_id = challenge.id "  # noqa: S608
        f"WHERE proposal.id = {proposal}"
    )


for _side in SIDES:
    guard(
        f"rights_acceptance_names_its_terms_for_{_side}",
        table="rights_statement",
        on="UPDATE",
        condition=(
            f"(OLD.{_side}_accepted_at IS NULL AND NEW.{_side}_accepted_at IS NOT NULL "
            f"AND COALESCE(length(NEW.{_side}_accepted_terms), 0) <> 64) "
            f"OR (NEW.{_side}_accepted_at IS NULL AND NEW.{_side}_accepted_terms IS NOT NULL)"
        ),
        message=N_("An acceptance of the rights statement must record the terms that were accepted."),
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
        + acts_for("NEW.company_accepted_by_id", company_of("NEW.proposal_id"), "owner", at="NEW.company_accepted_at")
    ),
    message=ONLY_AN_OWNER,
)
guard(
    "rights_are_accepted_by_an_officer_of_the_body",
    table="rights_statement",
    on="UPDATE",
    condition=(
        "OLD.body_accepted_by_id IS NULL AND NEW.body_accepted_by_id IS NOT NULL AND (NOT "
        + acts_for(
            "NEW.body_accepted_by_id", sponsor_of("NEW.proposal_id"), "owner", "approver", at="NEW.body_accepted_at"
        )
        + " OR "
        + stake_in_sql("NEW.body_accepted_by_id", "NEW.proposal_id")
        + ")"
    ),
    message=N_("Only an owner or approver of the public body, with no stake in the team, can accept for it."),
)
guard(
    "rights_statement_never_goes",
    table="rights_statement",
    on="DELETE",
    condition="OLD.offered_at IS NOT NULL",
    message=N_("A rights statement that has been offered to both sides cannot be deleted."),
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
        message=N_("The rights statement has been accepted, so its list of background IP cannot change."),
    )
begins(RightsStatement, having=("company_number",), message=N_("A rights statement is accepted after it was drafted."))
frozen(
    RightsStatement,
    unless={
        **dict.fromkeys((*TERMS, "company_number"), "OLD.offered_at IS NULL"),
        "offered_at": f"(OLD.offered_at IS NULL OR NEW.offered_at IS NULL) AND {NOT_BOTH}",
        "listed_at": NOT_BOTH,
        "digest": NOT_BOTH,
        **{
            f"{side}_accepted_{what}": f"OLD.{side}_accepted_at IS NULL"
            for side in SIDES
            for what in ("at", "by_id", "terms")
        },
        **{
            f"{side}_accepted_name": f"OLD.{side}_accepted_at IS NULL OR NEW.{side}_accepted_name IS NULL"
            for side in SIDES
        },
    },
    message=N_("The terms of a rights statement, and who accepted it, cannot be changed once they are given."),
)
frozen(
    BackgroundItem,
    message=N_("An entry in the list of background cannot be changed. Remove it and add another."),
)
decides(RightsStatement)
decides(BackgroundItem, of=BackgroundItem.statement_id)
