"""What we delete about a person when we erase them, and data no one needs for long."""

from datetime import datetime

from sqlalchemy import Select, delete, null, or_, select, update

from civtech.core.alphabet import folded
from civtech.core.db import db
from civtech.core.personal import LAST, erased, swept, touched
from civtech.people.models import AddressChange, BrowserSession, ExternalIdentity, Passkey, User
from civtech.people.models.erased import ERASED_NAME, unaddressed
from civtech.web.idempotency import UsedKey
from civtech.web.unsent import UnsentForm


@erased("sessions", BrowserSession.user_id)
def end_sessions(person: User, at: datetime) -> int:
    """End their sessions and delete how the browsers described themselves."""
    own_sessions = BrowserSession.user_id == person.id
    touched(update(BrowserSession).where(own_sessions, BrowserSession.ended_at.is_(None)).values(ended_at=at))
    return touched(update(BrowserSession).where(own_sessions).values(browser=""))


@erased("passkeys", Passkey.user_id)
def remove_passkeys(person: User, _at: datetime) -> int:
    return touched(delete(Passkey).where(Passkey.user_id == person.id))


@erased("changes_of_address", AddressChange.user_id, order=LAST - 1)
def unaddress_changes(person: User, at: datetime) -> int:
    """Drop the open request, then remove the addresses from all of them. Their emails are already gone by then."""
    own_changes = AddressChange.user_id == person.id
    waits = AddressChange.changed_at.is_(None), AddressChange.dropped_at.is_(None)
    touched(update(AddressChange).where(own_changes, *waits).values(dropped_at=at))
    gone = unaddressed(AddressChange.reference)
    return touched(update(AddressChange).where(own_changes).values(address=gone, address_before=gone))


@erased("forms_sent")
def forget_forms(person: User, _at: datetime) -> int:
    unsent = touched(delete(UnsentForm).where(UnsentForm.person == person.reference))
    return unsent + touched(delete(UsedKey).where(UsedKey.actor == person.reference))


EMPTIED: dict[str, object] = {
    "name": ERASED_NAME,
    "sort_key": folded(ERASED_NAME),
    "email": unaddressed(User.reference),
    "password": None,
    "active": False,
    "fs_uniquifier": unaddressed(User.reference),
    "confirmed_at": None,
    "tf_primary_method": None,
    "tf_totp_secret": None,
    "tf_last_counter": None,
    "mf_recovery_codes": null(),
}


LEFT = frozenset({"id", "reference", "registered_at"})


@erased("account", order=LAST)
def empty_the_row(person: User, _at: datetime) -> int:
    """Keep only the id, the reference and the registration date."""
    db.session.flush()
    emptied = touched(update(User).where(User.id == person.id).values(EMPTIED))
    db.session.expire(person)
    return emptied


@erased("sign_ins_elsewhere", ExternalIdentity.user_id, order=LAST + 1)
def unlink_all(person: User, _at: datetime) -> int:
    """Run this after the account is deactivated: before that, the last way in cannot be removed."""
    return touched(delete(ExternalIdentity).where(ExternalIdentity.user_id == person.id))


@swept("sessions")
def forget_old_browsers(before: datetime, spared: Select[int]) -> int:
    return touched(
        update(BrowserSession)
        .where(BrowserSession.begun_at < before, BrowserSession.browser != "", BrowserSession.user_id.not_in(spared))
        .values(browser="")
    )


@swept("changes_of_address")
def unaddress_old_changes(before: datetime, spared: Select[int]) -> int:
    gone = unaddressed(AddressChange.reference)
    return touched(
        update(AddressChange)
        .where(
            or_(AddressChange.changed_at < before, AddressChange.dropped_at < before),
            AddressChange.address.not_like("erased-%@invalid"),
            AddressChange.user_id.not_in(spared),
        )
        .values(address=gone, address_before=gone)
    )


@swept("forms_sent")
def forget_old_forms(before: datetime, spared: Select[int]) -> int:
    held = select(User.reference).where(User.id.in_(spared))
    return touched(delete(UsedKey).where(UsedKey.used_at < before, UsedKey.actor.not_in(held)))
