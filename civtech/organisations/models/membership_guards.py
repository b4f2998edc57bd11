"""What the database refuses of invitations, memberships, sessions and passkeys, whoever asks."""

from civtech.core.guards import changed, differs, guard, only_moves, written
from civtech.core.text import N_
from civtech.organisations.models.organisation import ONE_OWNER_STAYS
from civtech.people.models.guards import HELD, acts_for, holds_role

ERASED_ADDRESS = "'erased-' || lower(OLD.reference) || '@invalid'"

guard(
    "membership_stays_as_given",
    table="membership",
    on="UPDATE",
    condition=f"OLD.until IS NOT NULL OR {changed('user_id', 'organisation_id', 'role', 'since')}",
    message=N_("A role in an organisation is given and ended; it does not turn into another."),
)
guard(
    "membership_begins_held",
    table="membership",
    on="INSERT",
    condition="NEW.until IS NOT NULL",
    message=N_("A role in an organisation ends after it was given."),
)
guard(
    "membership_is_kept",
    table="membership",
    on="DELETE",
    condition="1 = 1",
    message=N_("A role in an organisation is ended and kept: what people may judge depends on it."),
)
guard(
    "membership_of_the_last_owner_stays",
    table="membership",
    on="UPDATE",
    condition=(
        f"OLD.role = 'owner' AND {written('until')} "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM membership AS other "
        "WHERE other.organisation_id = OLD.organisation_id AND other.role = 'owner' AND other.id <> OLD.id "
        "AND other.until IS NULL) AND NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.person_id = OLD.user_id)"
    ),
    message=ONE_OWNER_STAYS,
)
guard(
    "invitation_begins_unanswered",
    table="invitation",
    on="INSERT",
    condition="NEW.state <> 'sent'",
    message=N_("An invitation begins without an answer."),
)
for _on, _when in (("INSERT", "NEW.confirmed_by_id IS NOT NULL"), ("UPDATE", written("confirmed_by_id"))):
    guard(
        f"invitation_is_confirmed_by_an_owner_on_{_on.lower()}",
        table="invitation",
        on=_on,
        condition=(
            f"{_when} AND NOT {acts_for('NEW.confirmed_by_id', 'NEW.organisation_id', 'owner')} "  # noqa: S608
            "AND (NEW.confirmed_by_id = NEW.invited_by_id OR length(trim(COALESCE(NEW.confirmed_because, ''))) = 0 "
            "OR EXISTS (SELECT 1 FROM person WHERE person.id = NEW.confirmed_by_id AND person.email = NEW.email) "
            f"OR NOT {holds_role('NEW.confirmed_by_id', 'staff', at='NEW.confirmed_at')})"
        ),
        message=N_("An owner confirms an invitation, or another member of staff with a reason."),
    )
guard(
    "invitation_stays_confirmed",
    table="invitation",
    on="UPDATE",
    condition=(
        f"OLD.confirmed_by_id IS NOT NULL AND ({differs('confirmed_at', 'confirmed_by_id')} OR ("
        f"({differs('confirmed_because')}) AND NOT (NEW.confirmed_because = '' AND NEW.email = {ERASED_ADDRESS})))"
    ),
    message=N_("Who confirmed an invitation, when and why, cannot change."),
)
guard(
    "invitation_is_accepted_once_confirmed",
    table="invitation",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'accepted' AND OLD.state = 'sent' AND NEW.confirmed_by_id IS NULL AND EXISTS ("  # noqa: S608
        "SELECT 1 FROM membership WHERE membership.organisation_id = NEW.organisation_id "
        f"AND membership.role = 'owner' AND {HELD} "
        "AND NOT (membership.user_id = NEW.accepted_by_id AND membership.since >= NEW.answered_at))"
    ),
    message=N_("The organisation has an owner: one of its owners must confirm this invitation first."),
)
guard(
    "invitation_keeps_whom_it_was_for",
    table="invitation",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'organisation_id', 'role', 'invited_by_id')} OR (NEW.email <> OLD.email "
        f"AND (NEW.state = 'sent' OR NEW.email <> {ERASED_ADDRESS}))"
    ),
    message=N_("An invitation stays for whom it was sent to, and for what."),
)
guard(
    "invitation_is_answered_once",
    table="invitation",
    on="UPDATE",
    condition=(
        f"({only_moves(('sent', 'accepted'), ('sent', 'declined'), ('sent', 'revoked'))}) OR (OLD.state <> 'sent' AND "
        f"({changed('state', 'sent_at', 'expires_at')} OR {differs('answered_at', 'accepted_by_id')}))"
    ),
    message=N_("This invitation was answered already."),
)
guard(
    "invitation_is_accepted_by_whom_it_was_for",
    table="invitation",
    on="UPDATE OF state",
    condition=(
        "NEW.state = 'accepted' AND (NEW.answered_at >= NEW.expires_at OR NOT EXISTS (SELECT 1 FROM person "
        "WHERE person.id = NEW.accepted_by_id AND person.email = NEW.email AND person.confirmed_at IS NOT NULL))"
    ),
    message=N_("An invitation is accepted in time, by the person whose confirmed address it was sent to."),
)
guard(
    "invitation_never_goes",
    table="invitation",
    on="DELETE",
    condition="1 = 1",
    message=N_("Invitations are kept."),
)
guard(
    "browser_session_stays_ended",
    table="browser_session",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'digest', 'user_id', 'begun_at', 'with_second_factor', 'confirmed_at')} "
        "OR (OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at))"
    ),
    message=N_("A session that ended stays ended, and stays the same person’s."),
)
guard(
    "passkey_stays_as_added",
    table="passkey",
    on="UPDATE",
    condition=changed("reference", "user_id", "credential", "public_key", "added_at"),
    message=N_("A passkey stays the key that was added, and stays the same person’s."),
)
guard(
    "passkey_counts_on",
    table="passkey",
    on="UPDATE OF uses",
    condition="NEW.uses < OLD.uses",
    message=N_("A passkey that counts back may have been copied."),
)
guard(
    "address_change_stays_as_asked",
    table="address_change",
    on="UPDATE",
    condition=(
        f"{changed('reference', 'user_id', 'asked_at', 'expires_at')} OR (OLD.changed_at IS NULL AND "
        "OLD.dropped_at IS NULL AND (NEW.address <> OLD.address OR NEW.address_before <> OLD.address_before))"
    ),
    message=N_("A change of address stays as it was asked for."),
)
guard(
    "address_change_is_made_once_and_in_time",
    table="address_change",
    on="UPDATE OF changed_at",
    condition=(
        "(OLD.changed_at IS NOT NULL AND (NEW.changed_at IS NULL OR NEW.changed_at <> OLD.changed_at)) "
        "OR NEW.changed_at >= NEW.expires_at"
    ),
    message=N_("A change of address is made once, within two days."),
)
guard(
    "address_change_begins_without_an_answer",
    table="address_change",
    on="INSERT",
    condition="NEW.old_said_yes_at IS NOT NULL OR NEW.new_said_yes_at IS NOT NULL",
    message=N_("Both mailboxes are asked before an address changes."),
)
