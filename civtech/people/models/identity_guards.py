"""What the database refuses about people, sessions, passkeys, addresses and sign-ins, whichever code asks."""

from civtech.core.deciding import decides, decides_nothing
from civtech.core.frozen import begins, frozen
from civtech.core.guards import guard
from civtech.core.text import N_
from civtech.people.models.address_change import AddressChange
from civtech.people.models.browser_session import BrowserSession
from civtech.people.models.external_identity import ExternalIdentity
from civtech.people.models.passkey import Passkey
from civtech.people.models.person import User

guard(
    "external_identity_is_of_a_confirmed_person",
    table="external_identity",
    on="INSERT",
    condition=(
        "NOT EXISTS (SELECT 1 FROM person WHERE person.id = NEW.user_id "
        "AND person.confirmed_at IS NOT NULL AND person.active)"
    ),
    message=N_("Only an active account with a confirmed email address can be linked."),
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
    message=N_("You cannot remove the last way to sign in to an account."),
)
frozen(
    ExternalIdentity,
    unless={"used_at": "NEW.used_at > OLD.used_at"},
    message=N_("A linked sign-in belongs to one person, and each proof of it counts once."),
)
guard(
    "passkey_counts_on",
    table="passkey",
    on="UPDATE OF uses",
    condition="NEW.uses < OLD.uses",
    message=N_("This passkey may have been copied, because its count of uses has gone down."),
)
frozen(
    BrowserSession,
    but=("browser",),
    unless={"ended_at": "OLD.ended_at IS NULL"},
    message=N_("A session belongs to one person, and cannot start again once it has ended."),
)
frozen(Passkey, but=("name", "uses", "used_at"), message=N_("A passkey belongs to one person and cannot be changed."))
begins(AddressChange, message=N_("Both email addresses are asked before an address changes."))
frozen(
    AddressChange,
    unless={
        **dict.fromkeys(("address", "address_before"), "(OLD.changed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL)"),
        **dict.fromkeys(("old_said_yes_at", "new_said_yes_at", "dropped_at"), "OLD.changed_at IS NULL"),
        "changed_at": "OLD.changed_at IS NULL AND NEW.changed_at < NEW.expires_at",
    },
    message=N_("A change of email address is made once, within two days, as it was asked for."),
)
frozen(
    User,
    but=(
        "name", "sort_key", "email", "password", "active", "fs_uniquifier", "confirmed_at",
        "tf_primary_method", "tf_totp_secret", "tf_last_counter", "mf_recovery_codes",
    ),
    message=N_("The reference of a person, and when they registered, cannot be changed."),
)  # fmt: skip
decides(User, but={"tf_last_counter": "It only keeps a code from being used twice."})
decides(Passkey, but=dict.fromkeys(("uses", "used_at"), "They count on with each use."))
decides(ExternalIdentity, but={"used_at": "It counts on with each use."})
decides(
    AddressChange,
    but=dict.fromkeys(
        ("old_said_yes_at", "new_said_yes_at", "dropped_at"), "An answer has no entry. The change that follows has one."
    ),
)
decides_nothing(BrowserSession, because="A session ends within hours, and what is done in it is bound.")
