"""What a page showed, carried in its form: a signed list of facts to compare with the current ones.

Every form binds what its page showed, unless its view says why not (`unbound` in `web/gate.py`). A request that acts
without the comparison is an error, and nothing is saved.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

from civtech.core.db import db
from civtech.core.events import waiting
from civtech.core.facts import Fact
from civtech.web.display import said
from civtech.web.gate import grant_of
from civtech.web.translation import gettext

LONGEST = 30_000
FIRST_ERROR = 400


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="what was seen")


def token(facts: Iterable[Fact]) -> str:
    """The facts for a form's hidden field: a digest of all of them, and a copy to say later what they were.

    If the copy would make the field too long, the field only contains the digest.
    """
    packed = [fact.packed() for fact in facts]
    digest = hashlib.sha256(json.dumps(packed, separators=(",", ":")).encode()).hexdigest()
    signed = str(_serializer().dumps([digest, packed]))
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


def compared() -> None:
    """Note that this request has compared the facts that it binds with those that its page showed."""
    g.compared = True


def require_comparison(response: Response) -> None:
    """Refuse to save what a request did, if its form binds someone and no one compared what its page showed."""
    if response.status_code >= FIRST_ERROR or g.get("compared") or not waiting(db.session()):
        return
    rule = request.url_rule
    grant = grant_of(current_app, rule) if rule is not None else None
    if grant is None or not grant.unbound:
        raise RuntimeError(f"{request.endpoint} acted, and compared nothing with what its page showed.")


def init(app: Flask) -> None:
    """Let templates put the facts of a button into its form."""
    app.jinja_env.globals["seen_token"] = token
