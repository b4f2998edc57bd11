"""The parts of ARCHITECTURE.md that come from the code, each between two markers."""

import re
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from civtech.oversight import access, charts

TITLES = {"state charts": "## State charts", "access table": "## Who can see and do what"}


def generated(app: Flask) -> Mapping[str, str]:
    """Return each part as the document must show it."""
    return {"state charts": charts.charts(), "access table": access.table(app)}


def _block(name: str, body: str) -> str:
    return f"<!-- generated: {name} -->\n{body}\n<!-- end of {name} -->"


def rewritten(document: str, parts: Mapping[str, str]) -> str:
    """Return the document with every part between its markers renewed. A part without markers is added at the end."""
    for name, body in parts.items():
        block = re.compile(f"<!-- generated: {name} -->.*?<!-- end of {name} -->", re.DOTALL)
        if block.search(document):
            document = block.sub(_block(name, body).replace("\\", r"\\"), document)
        else:
            document = f"{document.rstrip()}\n\n{TITLES[name]}\n\n{_block(name, body)}\n"
    return document


def stale(path: Path, app: Flask) -> bool:
    """Whether the document differs from the code."""
    document = path.read_text() if path.exists() else ""
    return rewritten(document, generated(app)) != document


def write(path: Path, app: Flask) -> bool:
    """Renew the document. Return False if nothing changed."""
    document = path.read_text() if path.exists() else "# Architecture\n"
    fresh = rewritten(document, generated(app))
    if fresh != document or not path.exists():
        path.write_text(fresh)
        return True
    return False
