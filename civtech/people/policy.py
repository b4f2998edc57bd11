"""Permissions for people and how they sign in."""

from civtech.core.policy import Proof, asks, policy
from civtech.people.models import BrowserSession, ExternalIdentity, Passkey, User


@asks(Proof.OWN)
@policy
def use_account(_actor: User) -> bool:
    """Anyone who is signed in."""
    return True


@asks(Proof.SESSION)
@policy
def confirm_identity(_actor: User) -> bool:
    """Anyone who is signed in, even before they give their second factor."""
    return True


@asks(Proof.OWN, fresh=True)
@policy
def change_sign_in(_actor: User) -> bool:
    """Anyone who is signed in, for their own account."""
    return True


@asks(Proof.OWN, fresh=True)
@policy
def remove_passkey(actor: User, passkey: Passkey) -> bool:
    """The person whose passkey it is."""
    return actor.id == passkey.user_id


@asks(Proof.OWN)
@policy
def end_session(actor: User, session: BrowserSession) -> bool:
    """The person who is signed in on that browser."""
    return actor.id == session.user_id


@asks(Proof.OWN, fresh=True)
@policy
def unlink_identity(actor: User, identity: ExternalIdentity) -> bool:
    """The person whose account it is linked to."""
    return actor.id == identity.user_id
