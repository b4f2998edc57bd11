"""Where to go after signing in: only to our own pages."""

import re

from flask import request

OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f-\xa0\\]*")
DETOUR = re.compile(r"//|/\.{1,2}(?=/|$)")
LONGEST = 500


def is_own_path(address: str) -> bool:
    """Whether every browser would read `address` as a path of this site.

    Browsers drop tabs and line breaks and read a backslash as a slash, so `/\\evil` and `/<TAB>/evil` leave the site.
    They resolve dots before the request, so `/..//evil` becomes `//evil`, which a later reader may take for a host.
    """
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    return OWN_PATH.fullmatch(address) is not None and DETOUR.search(path) is None


def worth_keeping(address: str | None) -> str | None:
    """`address` if it is one of our own paths, short enough for a session and a link in an email."""
    return address if address and len(address) <= LONGEST and is_own_path(address) else None


def goal() -> str | None:
    """The page that the visitor wanted when they were sent to sign in, if this request says so."""
    return worth_keeping(request.values.get("next"))
