"""What a page showed, carried in its form: a signed list of facts to compare with the current ones."""

from collections.abc import Sequence

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from civtech.core.facts import Fact, digest_of
from civtech.web.display import said
from civtech.web.translation import gettext

LONGEST = 30_000


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="what was seen")


def token(facts: Sequence[Fact]) -> str:
    """The facts for a form's hidden field: a digest of all of them, and a copy to say later what they were.

    If the copy would make the field too long, the field only contains the digest.
    """
    digest = digest_of(facts)
    signed = str(_serializer().dumps([digest, [fact.packed() for fact in facts]]))
    return signed if len(signed) <= LONGEST else str(_serializer().dumps([digest, []]))


def changes(was: str, facts: Sequence[Fact]) -> list[str]:
    """A sentence for each fact that differs from the token `was`. Empty if the token has no readable copy."""
    try:
        _digest, packed = _serializer().loads(was[: LONGEST + 1])
    except BadData:
        return []
    if not packed:
        return []
    shown = {fact[0]: fact for fact in packed}
    current = {fact.key: fact.packed() for fact in facts}
    pairs = [(shown.get(key), current.get(key)) for key in dict.fromkeys([*shown, *current])]
    return [_change(was, now) for was, now in pairs if was is None or now is None or was[2] != now[2]]


def _change(shown: Sequence[object] | None, current: Sequence[object] | None) -> str:
    was, now = (Fact.unpacked(fact) if fact else None for fact in (shown, current))
    if now is None:
        return str(gettext("%(label)s: removed.", label=said(was.label))) if was else ""
    label = said(now.label)
    if was is None and now.value is not None:
        return str(gettext("%(label)s: new, “%(now)s”.", label=label, now=said(now.value)))
    if was is None or was.value is None or now.value is None:
        return str(gettext("%(label)s: changed.", label=label))
    return str(
        gettext("%(label)s: was “%(was)s”, is now “%(now)s”.", label=label, was=said(was.value), now=said(now.value))
    )
