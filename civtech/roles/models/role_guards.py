"""What the database refuses about programme roles, whichever code asks."""

from civtech.core.deciding import decides
from civtech.core.frozen import frozen, moves
from civtech.core.guards import guard, kept, written
from civtech.core.sql_views import part
from civtech.core.text import N_
from civtech.people.models.guards import holds_role, in_force_at
from civtech.roles.models.role_grant import DOUBLED, LAST_ADMINISTRATOR, RoleGrant
from civtech.roles.models.term import RUN_OUT

part(
    "held_role",
    "SELECT role_grant.user_id AS person_id, role_grant.role AS role, role_grant.scope_kind AS scope_kind, "
    "role_grant.scope_reference AS scope_reference, CASE WHEN role_grant.starts_at > role_grant.decided_at "
    "THEN role_grant.starts_at ELSE role_grant.decided_at END AS since, role_grant.ends_at AS until, "
    "role_grant.ended_at AS ended_at FROM role_grant WHERE role_grant.state IN ('granted', 'ended')",
)
"""Programme roles. `until` is the planned end; `ended_at` is when someone ended the role, if they did."""

DECIDED = "(NEW.state IN ('granted', 'refused') AND OLD.state = 'waiting')"
SAME = (
    "SELECT 1 FROM role_grant AS other WHERE other.user_id = NEW.user_id "
    "AND other.role = NEW.role AND other.scope_kind = NEW.scope_kind AND other.scope_reference = NEW.scope_reference "
    "AND (other.ends_at IS NULL OR other.ends_at > NEW.starts_at) "
    "AND (NEW.ends_at IS NULL OR NEW.ends_at > other.starts_at)"
)
ANOTHER = (
    "SELECT 1 FROM held_role JOIN person ON person.id = held_role.person_id "  # noqa: S608
    "WHERE held_role.role = 'administrator' AND person.active AND held_role.person_id <> OLD.user_id "
    f"AND {in_force_at('NEW.ended_at')}"
)

guard(
    "person_who_is_the_last_administrator_stays_on",
    table="person",
    on="UPDATE OF active",
    condition=(
        "OLD.active AND NOT NEW.active AND EXISTS (SELECT 1 FROM held_role WHERE held_role.person_id = OLD.id "
        "AND held_role.role = 'administrator' AND held_role.ended_at IS NULL AND held_role.until IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM held_role JOIN person ON person.id = held_role.person_id "
        "WHERE held_role.role = 'administrator' AND held_role.ended_at IS NULL AND held_role.person_id <> OLD.id "
        "AND person.active)"
    ),
    message=LAST_ADMINISTRATOR,
)
guard(
    "role_grant_begins_waiting",
    table="role_grant",
    on="INSERT",
    condition=(
        "NEW.ended_at IS NOT NULL OR NEW.message IS NOT NULL OR NOT ((NEW.asked_by_id IS NOT NULL "
        "AND NEW.state = 'waiting') OR (NEW.asked_by_id IS NULL AND NEW.state = 'granted'))"
    ),
    message=N_("One administrator must ask for a role and another must approve it."),
)
guard(
    "role_grant_is_asked_for_by_an_administrator",
    table="role_grant",
    on="INSERT",
    condition=(
        "NEW.asked_by_id IS NOT NULL AND NOT " + holds_role("NEW.asked_by_id", "administrator", at="NEW.asked_at")
    ),
    message=N_("Only administrators can ask for a role."),
)
guard(
    "role_grant_is_decided_by_an_administrator",
    table="role_grant",
    on="UPDATE",
    condition=f"{DECIDED} AND NOT {holds_role('NEW.decided_by_id', 'administrator', at='NEW.decided_at')}",
    message=N_("Only another administrator can approve or refuse a role."),
)
guard(
    "role_grant_is_approved_in_time",
    table="role_grant",
    on="UPDATE",
    condition="NEW.state = 'granted' AND OLD.state = 'waiting' AND NEW.decided_at >= NEW.ends_at",
    message=RUN_OUT,
)
guard(
    "role_grant_is_not_doubled_on_insert",
    table="role_grant",
    on="INSERT",
    condition=f"EXISTS ({SAME} AND other.state IN ('waiting', 'granted'))",
    message=DOUBLED,
)
guard(
    "role_grant_is_not_doubled_on_update",
    table="role_grant",
    on="UPDATE",
    condition=(
        "NEW.state = 'granted' AND OLD.state = 'waiting' "
        f"AND EXISTS ({SAME} AND other.state = 'granted' AND other.id <> NEW.id)"
    ),
    message=DOUBLED,
)
guard(
    "role_grant_is_taken_back_by_who_asked",
    table="role_grant",
    on="UPDATE",
    condition="NEW.state = 'withdrawn' AND OLD.state = 'waiting' AND COALESCE(NEW.ended_by_id, 0) <> OLD.asked_by_id",
    message=N_("Only the person who asked for a role can withdraw the request."),
)
guard(
    "role_grant_is_ended_by_an_administrator",
    table="role_grant",
    on="UPDATE",
    condition=(
        f"NEW.state = 'ended' AND {written('ended_by_id')} AND NEW.ended_by_id <> NEW.user_id "
        f"AND NOT {holds_role('NEW.ended_by_id', 'administrator', at='NEW.ended_at')}"
    ),
    message=N_("Only an administrator, or the person who has the role, can end it."),
)
guard(
    "role_grant_ends_after_it_was_granted",
    table="role_grant",
    on="UPDATE OF state",
    condition="NEW.state = 'ended' AND NEW.ended_at < NEW.decided_at",
    message=N_("A role cannot end before it was granted."),
)
guard(
    "role_grant_of_the_last_administrator_stays",
    table="role_grant",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'ended' AND OLD.state = 'granted' AND OLD.role = 'administrator' "
        "AND OLD.decided_at <= NEW.ended_at AND OLD.starts_at <= NEW.ended_at "
        f"AND (OLD.ends_at IS NULL OR OLD.ends_at > NEW.ended_at) AND NOT EXISTS ({ANOTHER})"
    ),
    message=LAST_ADMINISTRATOR,
)
moves(
    RoleGrant, message=N_("A role is requested, approved and ended in that order. You cannot undo a refusal or an end.")
)
frozen(
    RoleGrant,
    unless={"reason": "NEW.reason = ''", "message": "COALESCE(NEW.message, '') = ''"},
    message=N_("A granted or requested role cannot be changed. End it and ask for another."),
)
kept("role_grant", N_("We keep a record of who held which role and when."))
decides(RoleGrant)
