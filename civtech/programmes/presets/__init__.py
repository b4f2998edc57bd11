"""Pathways that ship with the platform, one file each. A changed file becomes a new version."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from civtech.core.db import db
from civtech.programmes.models import Pathway
from civtech.programmes.presets.reading import BadFiles, read

if TYPE_CHECKING:
    from civtech.people.models import User

FOLDER = Path(__file__).parent


def documents() -> dict[str, dict[str, object]]:
    """The preset files by their key. `BadFiles` lists everything that is wrong in any of them."""
    documents_by_key, wrong = {}, {}
    for path in sorted(FOLDER.glob("*.toml")):
        document, problems = read(path)
        if problems:
            wrong[path.name] = problems
        else:
            documents_by_key[path.stem] = document
    if wrong:
        raise BadFiles(wrong)
    return documents_by_key


def publish_missing(*, by: "User | None", at: datetime) -> list[Pathway]:
    """Publish each preset that is new or has changed. Returns the current version of every preset."""
    current = []
    for key, document in documents().items():
        latest = db.session.scalars(select(Pathway).where(Pathway.key == key).order_by(Pathway.number.desc())).first()
        if latest is None or latest.differs_from(document):
            number = latest.number + 1 if latest else 1
            latest = Pathway.publish(key=key, number=number, document=document, by=by, at=at)
        current.append(latest)
    return current
