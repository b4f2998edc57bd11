"""The export: everything held about one person, in one archive that machines and people can read."""

import json
import zipfile
from datetime import date, datetime
from enum import Enum
from io import BytesIO

from flask import current_app

from civtech.core.db import db
from civtech.core.events import emit
from civtech.core.personal import PARTS, Part
from civtech.people.models import User
from civtech.privacy.events import DataExported
from civtech.web.translation import in_language

SCHEMA = 1
ALONE = "person"


def keys_of(part: Part) -> list[str]:
    """Return the keys of one row of a part, in order."""
    return [str(column.key) for column in part.read(User(id=0, reference="", email="")).selected_columns]


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def data_of(person: User, at: datetime) -> dict[str, object]:
    """Return what the platform holds about `person`, by part. `docs/privacy.md` describes every part and key."""
    data: dict[str, object] = {"schema": SCHEMA, "exported_at": at.isoformat()}
    for part in PARTS.values():
        rows = [
            {key: _plain(value) for key, value in row._mapping.items()} for row in db.session.execute(part.read(person))
        ]
        data[part.name] = rows[0] if part.name == ALONE else rows
    return data


def archive(person: User, *, by: User | None, at: datetime) -> bytes:
    """Return the export as a ZIP file: `data.json`, and a `README.txt` that explains it. Making one is an event."""
    data = data_of(person, at)
    with in_language(current_app.config["BABEL_DEFAULT_LOCALE"]):
        template = current_app.jinja_env.get_template("privacy/readme.txt")
        readme = template.render(parts=PARTS.values(), keys=keys_of, person=person, at=at)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", readme)
        packed.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    emit(DataExported(subject=person, by=by, at=at))
    return made.getvalue()


def described() -> str:
    """Return every part of the export with its keys, as a table in Markdown."""
    lines = ["| part | what it holds | keys |", "| --- | --- | --- |"]
    lines += [
        f"| `{part.name}` | {part.says} | {', '.join(f'`{key}`' for key in keys_of(part))} |"
        for part in sorted(PARTS.values(), key=lambda part: part.name)
    ]
    return "\n".join(lines)
