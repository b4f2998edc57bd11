"""What the database refuses about viewing as another role, for every caller."""

from civtech.challenges.models.guards import scopes_of
from civtech.core.deciding import decides_nothing
from civtech.core.frozen import frozen
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.people.models.guards import holds_role
from civtech.viewing.models.viewing import Viewing

PERSON = "(SELECT browser_session.user_id FROM browser_session WHERE browser_session.id = NEW.browser_session_id)"
HERE = scopes_of("NEW.challenge_id")

guard(
    "viewing_is_begun_by_staff",
    table="viewing",
    on="INSERT",
    condition=f"NEW.ended_at IS NOT NULL OR NOT {holds_role(PERSON, 'staff', at='NEW.begun_at', within=HERE)}",
    message=N_("Only programme staff for a challenge can view it as another role."),
)
guard(
    "viewing_is_begun_in_a_live_session",
    table="viewing",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM browser_session WHERE browser_session.id = NEW.browser_session_id "
        "AND browser_session.ended_at IS NULL)"
    ),
    message=N_("This browser is no longer signed in. Sign in again."),
)
frozen(
    Viewing,
    unless={"ended_at": "OLD.ended_at IS NULL"},
    message=N_("Who viewed a challenge as which role, and when, cannot be changed."),
)
decides_nothing(Viewing, because="It ends within a quarter of an hour, and cannot change anything.")
