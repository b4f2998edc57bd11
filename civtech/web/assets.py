"""Front-end files by logical name. The build adds a hash of the content to each file name."""

import json
from functools import cache
from pathlib import Path

from flask import url_for

BUILD = Path(__file__).parent.parent / "static" / "build"


@cache
def manifest() -> dict[str, str]:
    """The built file for each logical name; empty before the first build."""
    listing = BUILD / "manifest.json"
    return json.loads(listing.read_text()) if listing.exists() else {}


def asset(name: str) -> str:
    """The URL of a built file such as `css/main.css`."""
    return url_for("static", filename=f"build/{manifest().get(name, name)}")
