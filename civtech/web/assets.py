"""Front-end files by their logical name: the build gives each a name with its content's hash."""

import json
from functools import cache
from pathlib import Path

from flask import url_for

BUILD = Path(__file__).parent.parent / "static" / "build"


@cache
def manifest() -> dict[str, str]:
    """Logical name to built file, or nothing before the first build."""
    listing = BUILD / "manifest.json"
    return json.loads(listing.read_text()) if listing.exists() else {}


def asset(name: str) -> str:
    """The URL of a built file such as `css/main.css`."""
    return url_for("static", filename=f"build/{manifest().get(name, name)}")
