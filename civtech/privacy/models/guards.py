"""What the database refuses about erasure, for every caller: too early, too much, or undoing it."""

from civtech.core.alphabet import folded
from civtech.core.deciding import decides, decides_nothing
from civtech.core.frozen import begins, frozen, moves, table_of
from civtech.core.guards import guard, kept
from civtech.core.text import N_
from civtech.people.models.erased import ERASED_NAME
from civtech.people.models.guards import ACTING
from civtech.people.models.person import User
from civtech.privacy.models.hold import HELD, Hold
from civtech.privacy.models.problem import ProblemReport
from civtech.privacy.models.request import NOT_DUE, ErasureRequest

IS_ERASED = "EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = {person})"
NOWHERE = "'erased-' || lower(NEW.reference) || '@invalid'"
STANDS = "hold.lifted_at IS NULL AND hold.ends_at > {at}"
HELD_BY_ORGANISATION = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} WHERE {organisation}.organisation_id = hold.organisation_id "  # noqa: S608
    f"AND {person} = NEW.person_id)"
    for table, organisation, person in (
        ("acting_for", "acting_for", f"{ACTING} AND acting_for.person_id"),
        ("proposal", "proposal", "proposal.started_by_id"),
        ("submission JOIN proposal ON proposal.id = submission.proposal_id", "proposal", "submission.submitted_by_id"),
    )
)
NO_OTHER_OWNER = (
    "NOT EXISTS (SELECT 1 FROM acting_for AS other WHERE other.organisation_id = acting_for.organisation_id "
    "AND other.until IS NULL AND other.role = 'owner' AND other.person_id <> acting_for.person_id)"
)
ANYTHING_ELSE = " OR ".join(
    f"NEW.{column} IS NOT NULL"
    for column in table_of(User).columns.keys()  # noqa: SIM118
    if column not in {"id", "reference", "registered_at", "name", "sort_key", "email", "fs_uniquifier", "active"}
)
GOING_ON = (
    "EXISTS (SELECT 1 FROM stage_agreement WHERE stage_agreement.proposal_id = proposal.id "
    "AND stage_agreement.state IN ('draft', 'offered', 'active'))"
)
DECLINED = (
    "EXISTS (SELECT 1 FROM outcome JOIN decision ON decision.id = outcome.decision_id "
    "WHERE outcome.proposal_id = proposal.id AND NOT outcome.goes_on AND decision.state = 'released')"
)
OVER = (
    "EXISTS (SELECT 1 FROM stage_agreement JOIN stage ON stage.id = stage_agreement.stage_id "
    "WHERE stage_agreement.proposal_id = proposal.id AND stage_agreement.ended_at IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM stage AS later WHERE later.round_id = stage.round_id AND later.position > stage.position))"
)

guard(
    "erasure_waits_for_holds",
    table="erasure",
    on="INSERT",
    condition=(
        f"EXISTS (SELECT 1 FROM hold WHERE {STANDS.format(at='NEW.erased_at')} "  # noqa: S608
        f"AND (hold.person_id = NEW.person_id OR {HELD_BY_ORGANISATION}))"
    ),
    message=HELD,
)
guard(
    "erasure_on_request_waits_its_time",
    table="erasure",
    on="INSERT",
    condition=(
        "NEW.ground = 'request' AND NOT EXISTS (SELECT 1 FROM erasure_request "
        "WHERE erasure_request.person_id = NEW.person_id AND erasure_request.state = 'asked' "
        "AND erasure_request.due_at <= NEW.erased_at)"
    ),
    message=NOT_DUE,
)
guard(
    "erasure_waits_for_the_work_of_the_last_owner",
    table="erasure",
    on="INSERT",
    condition=(
        "EXISTS (SELECT 1 FROM acting_for JOIN organisation ON organisation.id = acting_for.organisation_id "  # noqa: S608
        f"WHERE acting_for.person_id = NEW.person_id AND {ACTING} AND acting_for.role = 'owner' "
        f"AND {NO_OTHER_OWNER} AND (organisation.kind = 'public_body' OR EXISTS (SELECT 1 FROM acting_for AS other "
        "WHERE other.organisation_id = acting_for.organisation_id AND other.until IS NULL "
        "AND other.person_id <> acting_for.person_id) "
        "OR EXISTS (SELECT 1 FROM proposal JOIN challenge ON challenge.id = proposal.challenge_id "
        "JOIN round ON round.id = challenge.round_id WHERE proposal.organisation_id = acting_for.organisation_id "
        f"AND proposal.state = 'submitted' AND ({GOING_ON} OR (challenge.state <> 'cancelled' "
        f"AND round.state <> 'finished' AND NOT {DECLINED} AND NOT {OVER})))))"
    ),
    message=N_(
        "You cannot erase the only owner while other people, a proposal or an agreement need one. Another "
        "owner must join first."
    ),
)
guard(
    "person_is_erased_on_the_record",
    table="person",
    on="UPDATE",
    condition=f"NEW.email = {NOWHERE} AND NOT {IS_ERASED.format(person='OLD.id')}",
    message=N_("You cannot erase a person without recording the erasure."),
)
guard(
    "person_stays_erased",
    table="person",
    on="UPDATE",
    condition=(
        f"{IS_ERASED.format(person='OLD.id')} AND (NEW.name <> '{ERASED_NAME}' "
        f"OR NEW.sort_key <> '{folded(ERASED_NAME)}' OR NEW.email <> {NOWHERE} "
        f"OR NEW.fs_uniquifier <> {NOWHERE} OR NEW.active OR {ANYTHING_ELSE})"
    ),
    message=N_("You cannot restore someone who has been erased, or give them a name, address or password again."),
)
for _table in ("membership", "browser_session", "role_grant"):
    guard(
        f"{_table}_is_not_for_the_erased",
        table=_table,
        on="INSERT",
        condition=IS_ERASED.format(person="NEW.user_id"),
        message=N_("Someone who has been erased cannot sign in, hold a role or act for an organisation."),
    )
guard(
    "role_grant_is_not_approved_for_the_erased",
    table="role_grant",
    on="UPDATE OF state",
    condition=f"NEW.state = 'granted' AND {IS_ERASED.format(person='NEW.user_id')}",
    message=N_("Someone who has been erased cannot sign in, hold a role or act for an organisation."),
)
guard(
    "proposal_goes_only_as_a_draft_without_a_team",
    table="proposal",
    on="DELETE",
    condition=(
        "OLD.state <> 'draft' OR EXISTS (SELECT 1 FROM submission WHERE submission.proposal_id = OLD.id) "  # noqa: S608
        f"OR EXISTS (SELECT 1 FROM acting_for WHERE acting_for.organisation_id = OLD.organisation_id AND {ACTING}) "
        "OR EXISTS (SELECT 1 FROM hold WHERE hold.organisation_id = OLD.organisation_id AND "
        f"{STANDS.format(at='(SELECT MAX(erasure.erased_at) FROM erasure)')})"
    ),
    message=N_(
        "You can delete only a draft that was never submitted, when no one is left in its team and there is no hold."
    ),
)
guard(
    "erasure_request_is_done_by_an_erasure",
    table="erasure_request",
    on="UPDATE",
    condition=f"NEW.state = 'done' AND NOT {IS_ERASED.format(person='NEW.person_id')}",
    message=N_("Erase the person before you mark the erasure request as done."),
)
guard(
    "problem_report_is_dealt_with_before_it_goes",
    table="problem_report",
    on="DELETE",
    condition="OLD.state <> 'dealt_with'",
    message=N_("Deal with the report before you delete it."),
)
frozen(
    Hold,
    unless=dict.fromkeys(("lifted_at", "lifted_by_id"), "OLD.lifted_at IS NULL"),
    message=N_("A hold cannot be changed. It can be lifted, once."),
)
kept("hold", N_("You cannot delete a hold."))
begins(ErasureRequest, message=N_("A request for erasure is made before it is answered."))
moves(ErasureRequest, message=N_("A request for erasure is answered once."))
frozen(ErasureRequest, message=N_("A request for erasure cannot be changed."))
kept("erasure_request", N_("You cannot delete an erasure request."))
moves(ProblemReport, message=N_("A report is dealt with once."))
frozen(
    ProblemReport,
    unless={"email": "NEW.email IS NULL", "reporter_id": "NEW.reporter_id IS NULL"},
    message=N_("A report cannot be changed."),
)
decides(Hold)
decides(ErasureRequest)
decides_nothing(ProblemReport, because="It is a note to the programme, and is deleted in time.")
