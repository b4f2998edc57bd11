"""Front-end files by logical name. The build adds a hash of the content to each file name."""

import json
from functools import cache
from pathlib import Path

from flask import current_app, request

BUILD = Path(__file__).parent.parent / "static" / "build"


@cache
def manifest() -> dict[str, str]:
    """The built file for each logical name; empty before the first build."""
    listing = BUILD / "manifest.json"
    return json.loads(listing.read_text()) if listing.exists() else {}


def asset(name: str) -> str:
    """The URL of a built file such as `css/main.css`. Error pages need it even if the request has no valid host."""
    return f"{request.script_root}{current_app.static_url_path}/build/{manifest().get(name, name)}"
