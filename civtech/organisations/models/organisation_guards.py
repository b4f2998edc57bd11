"""What the database refuses of organisations, their figures and requests to join them, whoever asks."""

from civtech.core.guards import changed, differs, guard, only_moves, written
from civtech.core.text import N_
from civtech.organisations.models.figures import ONLY_COMPANIES
from civtech.people.models.erased import NO_DOMAIN
from civtech.people.models.guards import HELD, acts_for, holds_role

_TO_A_PUBLIC_BODY = (
    "EXISTS (SELECT 1 FROM organisation WHERE organisation.id = NEW.organisation_id "
    "AND organisation.kind = 'public_body')"
)
_OWNER_ANSWERS = (
    f"{acts_for('NEW.answered_by_id', 'NEW.organisation_id', 'owner')} "  # noqa: S608
    f"OR ({holds_role('NEW.answered_by_id', 'staff', at='NEW.answered_at')} AND {_TO_A_PUBLIC_BODY} "
    "AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.organisation_id = NEW.organisation_id "
    f"AND membership.role = 'owner' AND {HELD} "
    "AND NOT (membership.user_id = NEW.person_id AND membership.since >= NEW.answered_at)))"
)
_AT_THE_DOMAIN = (
    "person.confirmed_at IS NOT NULL "
    "AND substr(person.email, length(person.email) - length(NEW.domain)) = '@' || NEW.domain"
)

guard(
    "organisation_stays_what_it_is",
    table="organisation",
    on="UPDATE",
    condition=(
        "(NEW.kind <> OLD.kind AND (OLD.kind <> 'individual' "
        "OR NEW.kind <> 'company' OR NEW.became_company_at IS NULL)) "
        "OR (NEW.kind = OLD.kind AND ((NEW.became_company_at IS NULL) <> (OLD.became_company_at IS NULL) "
        "OR NEW.became_company_at <> OLD.became_company_at))"
    ),
    message=N_("A person with an idea can become a company; nothing else turns into another kind."),
)
guard(
    "organisation_number_is_accepted_by_staff",
    table="organisation",
    on="UPDATE",
    condition=(
        f"{written('number_accepted_by_id')} "
        f"AND NOT {holds_role('NEW.number_accepted_by_id', 'staff', at='NEW.number_accepted_at')}"
    ),
    message=N_("A number that its check refuses is accepted by programme staff."),
)
guard(
    "organisation_begins_with_a_checked_number",
    table="organisation",
    on="INSERT",
    condition="NEW.number_accepted_by_id IS NOT NULL OR NEW.became_company_at IS NOT NULL",
    message=N_("An organisation begins with a number that passes its check, and as what it is."),
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
    "company_figures_stay_of_their_year",
    table="company_figures",
    on="UPDATE",
    condition=changed("organisation_id", "year"),
    message=N_("The figures of a year stay with their company and their year."),
)
guard(
    "join_request_begins_unanswered",
    table="join_request",
    on="INSERT",
    condition="NEW.state <> 'sent'",
    message=N_("A request to join begins without an answer."),
)
guard(
    "join_request_comes_from_a_colleague",
    table="join_request",
    on="INSERT",
    condition=(
        f"NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id AND {_AT_THE_DOMAIN}) "  # noqa: S608
        "OR NOT EXISTS (SELECT 1 FROM membership JOIN person ON person.id = membership.user_id "
        f"WHERE membership.organisation_id = NEW.organisation_id AND {HELD} AND person.id <> NEW.person_id "
        f"AND {_AT_THE_DOMAIN})"
    ),
    message=N_("Only somebody with a confirmed address at the domain of its people asks to join an organisation."),
)
guard(
    "join_request_keeps_who_asked",
    table="join_request",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'organisation_id', 'person_id', 'sent_at', 'expires_at')} "
        f"OR (NEW.domain <> OLD.domain AND (NEW.state = 'sent' OR NEW.domain <> '{NO_DOMAIN}'))"
    ),
    message=N_("A request to join stays whose it is, and for which organisation."),
)
guard(
    "join_request_is_answered_once",
    table="join_request",
    on="UPDATE",
    condition=(
        f"({only_moves(*(('sent', to) for to in ('accepted', 'declined', 'withdrawn', 'lapsed')))}) "
        f"OR (OLD.state <> 'sent' AND ({changed('state')} OR {differs('answered_at', 'answered_by_id', 'role')}))"
    ),
    message=N_("This request was answered already."),
)
guard(
    "join_request_is_answered_by_an_owner",
    table="join_request",
    on="UPDATE OF state",
    condition=(
        f"NEW.state IN ('accepted', 'declined') AND (NEW.answered_at >= NEW.expires_at OR NOT ({_OWNER_ANSWERS}))"
    ),
    message=N_(
        "A request to join is answered in time by an owner, or by programme staff while a public body has none."
    ),
)
guard(
    "join_request_never_goes",
    table="join_request",
    on="DELETE",
    condition="1 = 1",
    message=N_("Requests to join are kept."),
)
