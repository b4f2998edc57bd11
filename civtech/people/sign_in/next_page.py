"""Where to go after signing in: to our own pages and nowhere else."""

import re

from flask import request

OWN_PATH = re.compile(r"/(?!/)[^\x00-\x20\x7f-\xa0\\]*")
DETOUR = re.compile(r"//|/\.{1,2}(?=/|$)")
LONGEST = 500


def is_own_path(address: str) -> bool:
    """Whether `address` is a path of this site in every browser's reading.

    Browsers drop tabs and line breaks and read a backslash as a slash, so `/\\evil` and `/<TAB>/evil` lead away. They
    walk dots before they ask, so `/..//evil` becomes `//evil`, which whoever reads it again may take for a host.
    """
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    return OWN_PATH.fullmatch(address) is not None and DETOUR.search(path) is None


def worth_keeping(address: str | None) -> str | None:
    """`address` if it is an own path that a session and a mailed link have room for."""
    return address if address and len(address) <= LONGEST and is_own_path(address) else None


def goal() -> str | None:
    """The page that somebody wanted when they were sent to sign in, if this request tells."""
    return worth_keeping(request.values.get("next"))
