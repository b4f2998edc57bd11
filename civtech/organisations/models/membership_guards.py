"""What the database refuses about invitations and memberships, whichever code asks."""

from civtech.core.blank import blank
from civtech.core.deciding import decides
from civtech.core.frozen import begins, frozen, moves
from civtech.core.guards import guard, kept, written
from civtech.core.sql_views import part
from civtech.core.text import N_
from civtech.organisations.models.invitation import Invitation
from civtech.organisations.models.organisation import ONE_OWNER_STAYS, Membership
from civtech.people.models.guards import ACTING, acts_for, holds_role

part(
    "acting_for",
    "SELECT membership.user_id AS person_id, membership.organisation_id AS organisation_id, membership.role AS role, "
    "membership.since AS since, membership.until AS until FROM membership",
)
"""Roles in organisations. `until` is when the role ended, if it did."""

ERASED_ADDRESS = "'erased-' || lower(OLD.reference) || '@invalid'"

guard(
    "membership_of_the_last_owner_stays",
    table="membership",
    on="UPDATE",
    condition=(
        f"OLD.role = 'owner' AND {written('until')} "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM acting_for WHERE acting_for.organisation_id = OLD.organisation_id "
        f"AND acting_for.role = 'owner' AND acting_for.person_id <> OLD.user_id AND {ACTING}) "
        "AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.user_id)"
    ),
    message=ONE_OWNER_STAYS,
)
REASON_IS_BLANK = blank("COALESCE(NEW.confirmed_because, '')")

for _on, _when in (("INSERT", "NEW.confirmed_by_id IS NOT NULL"), ("UPDATE", written("confirmed_by_id"))):
    guard(
        f"invitation_is_confirmed_by_an_owner_on_{_on.lower()}",
        table="invitation",
        on=_on,
        condition=(
            f"{_when} AND NOT {acts_for('NEW.confirmed_by_id', 'NEW.organisation_id', 'owner', at='NEW.confirmed_at')} "  # noqa: S608
            f"AND (NEW.confirmed_by_id = NEW.invited_by_id OR {REASON_IS_BLANK} "
            "OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) "
            f"OR NOT {holds_role('NEW.confirmed_by_id', 'staff', at='NEW.confirmed_at')})"
        ),
        message=N_("Only an owner can confirm an invitation, or another member of staff who gives a reason."),
    )
guard(
    "invitation_is_accepted_once_confirmed",
    table="invitation",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'accepted' AND OLD.state = 'sent' AND NEW.confirmed_by_id IS NULL AND EXISTS ("  # noqa: S608
        "SELECT 1 FROM acting_for WHERE acting_for.organisation_id = NEW.organisation_id "
        f"AND acting_for.role = 'owner' AND {ACTING} "
        "AND NOT (acting_for.person_id = NEW.accepted_by_id AND acting_for.since >= NEW.answered_at))"
    ),
    message=N_(
        "This organisation has an owner. An owner, or another member of programme staff, must confirm this "
        "invitation first."
    ),
)
guard(
    "invitation_is_accepted_by_whom_it_was_for",
    table="invitation",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'accepted' AND (NEW.answered_at >= NEW.expires_at OR NOT EXISTS (SELECT 1 FROM person "
        "WHERE person.id = NEW.accepted_by_id AND person.email = NEW.email AND person.confirmed_at IS NOT NULL))"
    ),
    message=N_(
        "An invitation must be accepted before it expires, by the person whose confirmed email address it was sent to."
    ),
)
frozen(
    Membership,
    unless={"until": "OLD.until IS NULL"},
    message=N_("A role in an organisation can be ended, but not turned into another."),
)
begins(Membership, message=N_("A role in an organisation ends after it begins."))
kept("membership", N_("Roles in organisations are kept after they end: what people may judge depends on them."))
begins(
    Invitation,
    having=("confirmed_at", "confirmed_by_id", "confirmed_because"),
    message=N_("A new invitation cannot already have an answer."),
)
moves(Invitation, message=N_("This invitation already has an answer."))
frozen(
    Invitation,
    provided={"confirm": "OLD.confirmed_by_id IS NULL"},
    unless={
        "email": f"NEW.email = {ERASED_ADDRESS} AND NEW.state <> 'sent'",
        "confirmed_because": f"NEW.confirmed_because = '' AND NEW.email = {ERASED_ADDRESS}",
    },
    message=N_("An invitation, who confirmed it and its answer cannot be changed. Send a new one."),
)
kept("invitation", N_("You cannot delete an invitation."))
decides(Membership, of=Membership.organisation_id)
decides(Invitation)
