"""Why we keep people: for as long as they sign in."""

from collections.abc import Iterator

from sqlalchemy import func, select

from civtech.core.personal import Engagement, engagement
from civtech.people.models import BrowserSession, User


@engagement("account")
def signed_in_last() -> Iterator[Engagement]:
    yield (
        select(User.id, func.coalesce(func.max(BrowserSession.begun_at), User.registered_at))
        .outerjoin(BrowserSession, BrowserSession.user_id == User.id)
        .group_by(User.id)
    )
