"""The contact for security problems, in the place that researchers check first (RFC 9116)."""

from datetime import timedelta

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from civtech.core import clock
from civtech.core.text import N_
from civtech.web.gate import public

bp = Blueprint("contact", __name__)
GOOD_FOR = timedelta(days=180)


@bp.get("/.well-known/security.txt")
@public(N_("Gives the contact for reporting a security problem."), act=N_("Find out how to report a security problem"))
def security_txt() -> ResponseReturnValue:
    expires = (clock.now() + GOOD_FOR).replace(microsecond=0)
    lines = (f"Contact: {current_app.config['SECURITY_CONTACT']}", f"Expires: {expires.isoformat()}")
    return Response("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")
