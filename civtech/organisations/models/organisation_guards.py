"""What the database refuses about organisations, their figures and requests to join, whichever code asks."""

from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept, written
from civtech.core.text import N_
from civtech.organisations.models.figures import ONLY_COMPANIES, CompanyFigures
from civtech.organisations.models.join_request import JoinRequest
from civtech.organisations.models.organisation import Organisation
from civtech.people.models.erased import NO_DOMAIN
from civtech.people.models.guards import ACTING, acts_for, holds_role

_TO_A_PUBLIC_BODY = (
    "EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id "
    "AND organisation.kind = 'public_body')"
)
_OWNER_ANSWERS = (
    f"{acts_for('NEW.answered_by_id', 'NEW.organisation_id', 'owner', at='NEW.answered_at')} "  # noqa: S608
    f"OR ({holds_role('NEW.answered_by_id', 'staff', at='NEW.answered_at')} AND {_TO_A_PUBLIC_BODY} "
    "AND NOT EXISTS (SELECT 1 FROM acting_for WHERE acting_for.organisation_id = NEW.organisation_id "
    f"AND acting_for.role = 'owner' AND {ACTING} "
    "AND NOT (acting_for.person_id = NEW.person_id AND acting_for.since >= NEW.answered_at)))"
)
_AT_THE_DOMAIN = (
    "person.confirmed_at IS NOT NULL "
    "AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain"
)

guard(
    "organisation_number_is_accepted_by_staff",
    table="organisation",
    on="UPDATE",
    condition=(
        f"{written('number_accepted_by_id')} "
        f"AND NOT {holds_role('NEW.number_accepted_by_id', 'staff', at='NEW.number_accepted_at')}"
    ),
    message=N_("Only programme staff can accept a number as checked."),
)
guard(
    "organisation_number_is_accepted_anew_when_it_changes",
    table="organisation",
    on="UPDATE",
    condition=(
        "(NEW.identifier_scheme, NEW.identifier_number) IS DISTINCT FROM (OLD.identifier_scheme, OLD.identifier_number)"
        " AND NEW.number_accepted_at IS NOT NULL AND NEW.number_accepted_at IS NOT DISTINCT FROM OLD.number_accepted_at"
    ),
    message=N_("Staff accept one number. If the number changes, they must check it again."),
)
guard(
    "company_figures_are_a_companys",
    table="company_figures",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id "
        "AND organisation.kind = 'company')"
    ),
    message=ONLY_COMPANIES,
)
guard(
    "join_request_comes_from_a_colleague",
    table="join_request",
    on="INSERT",
    condition=(
        f"NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND {_AT_THE_DOMAIN}) "  # noqa: S608
        "OR NOT EXISTS (SELECT 1 FROM acting_for JOIN person ON person.id = acting_for.person_id "
        f"WHERE acting_for.organisation_id = NEW.organisation_id AND {ACTING} AND person.id <> NEW.person_id "
        f"AND {_AT_THE_DOMAIN})"
    ),
    message=N_(
        "You can only ask to join if your confirmed email address has the same domain as someone who acts for"
        " the organisation."
    ),
)
guard(
    "join_request_is_answered_by_an_owner",
    table="join_request",
    on="UPDATE OF state",
    condition=(
        f"NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT ({_OWNER_ANSWERS}))"
    ),
    message=N_(
        "A request to join must be answered before it expires. Only an owner can answer it, or programme "
        "staff if a public body has no owner."
    ),
)
begins(
    Organisation,
    having=("trading_name", "trading_key", "size", "identifier_scheme", "identifier_number"),
    message=N_("A new organisation has a number that passes its check, and has not become a company."),
)
frozen(
    Organisation,
    but=(
        "legal_name", "trading_name", "name_key", "sort_key", "trading_key", "size", "about",
        "identifier_scheme", "identifier_number",
        "number_accepted_because", "number_accepted_at", "number_accepted_by_id",
    ),
    unless=dict.fromkeys(
        ("kind", "became_company_at"),
        "OLD.kind = 'individual' AND NEW.kind = 'company' AND NEW.became_company_at IS NOT NULL",
    ),
    message=N_("A person with an idea can become a company. You cannot change the type of any other organisation."),
)  # fmt: skip
frozen(
    CompanyFigures,
    but=("headcount", "turnover", "balance_sheet", "currency", "stated_by_id", "stated_at"),
    message=N_("The figures of a year belong to one company and one year."),
)
begins(JoinRequest, message=N_("A new request to join cannot already have an answer."))
moves(JoinRequest, message=N_("This request already has an answer."))
frozen(
    JoinRequest,
    unless={"domain": f"NEW.state <> 'sent' AND NEW.domain = '{NO_DOMAIN}'"},
    message=N_("A request to join, and its answer, cannot be changed."),
)
kept("join_request", N_("You cannot delete a request to join."))
decides(Organisation)
decides(CompanyFigures, of=CompanyFigures.organisation_id)
decides(JoinRequest)
