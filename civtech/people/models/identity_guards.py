"""What the database refuses of identities at other providers, whoever asks."""

from civtech.core.guards import changed, guard
from civtech.core.text import N_

guard(
    "external_identity_is_of_somebody_confirmed",
    table="external_identity",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.user_id "
        "AND person.confirmed_at IS NOT NULL AND person.active)"
    ),
    message=N_("Only an account with a confirmed address is linked."),
)
guard(
    "external_identity_stays_whose_it_is",
    table="external_identity",
    on="UPDATE",
    condition=(f"{changed('reference', 'user_id', 'issuer', 'subject', 'linked_at')} OR NEW.used_at <= OLD.used_at"),
    message=N_("A linked sign-in stays the same person’s, and each proof of it counts once."),
)
guard(
    "external_identity_that_is_the_last_way_in_stays",
    table="external_identity",
    on="DELETE",
    condition=(
        "EXISTS (SELECT 1 FROM person WHERE person.id = OLD.user_id AND person.active AND person.password IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM external_identity AS other "
        "WHERE other.user_id = OLD.user_id AND other.id <> OLD.id)"
    ),
    message=N_("Nobody loses the last way into their account."),
)
