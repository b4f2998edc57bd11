"""No visible text is outside the catalogue. A walk in a language without translations finds any that we missed.

The language is Esperanto for dates and numbers only; every translated text is in ⟦brackets⟧.
"""

import json
import re
import shutil
import tomllib
from datetime import timedelta

import pytest
from babel import Locale
from babel.dates import format_timedelta
from sqlalchemy import JSON, String, select
from sqlalchemy.types import TypeDecorator

from civtech import create_app
from civtech.core.db import Model, db
from civtech.organisations.models.kinds import REGISTERS
from civtech.web import catalogues
from tests.support.client import Client
from tests.support.demonstration import demonstration_settings, everybody
from tests.support.markup import parsed
from tests.support.walk import walk

LANGUAGE = "eo"
WORD = re.compile(r"[^\W\d_]{3,}")
SKIPPED = {"script", "style", "code", "kbd", "svg"}
TEXTS = (String, JSON, TypeDecorator)
NAMES = {"CivTech", "GitHub", "SHA", "sha", "UTC", "VAT", "JSON", "HTML", "Europe", "London"}


def test_the_template_for_translators_is_fresh(app):
    assert catalogues.messages_of(catalogues.extract()) == catalogues.messages_of(catalogues.kept())


def calendar_words() -> set[str]:
    """The names of months, days and spans of time."""
    locale = Locale(LANGUAGE)
    spans = [format_timedelta(timedelta(days=days), locale=LANGUAGE) for days in range(1, 800)]
    return (
        set(WORD.findall(" ".join(spans)))
        | set(
            WORD.findall(
                json.dumps([dict(locale._data["date_fields"]), str(locale._data["unit_patterns"])], default=str)
            )
        )
        | {
            word
            for width in ("wide", "abbreviated")
            for kind in (locale.months, locale.days)
            for name in kind["format"][width].values()
            for word in WORD.findall(name)
        }
    )


def names_of_registers() -> set[str]:
    """Names that registers give themselves, and the countries, whose names come with the language."""
    countries = Locale(LANGUAGE).territories
    return {
        word
        for register in tomllib.loads(REGISTERS.read_text(encoding="utf-8"))["registers"]
        for word in WORD.findall(f"{register['name']} {countries[register['country']]}")
    }


def typed_words() -> set[str]:
    """Every word that someone typed or that comes from a preset."""
    words: set[str] = set()
    for table in Model.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, TEXTS)]
        if columns:
            for row in db.session.execute(select(*columns)):
                for value in row:
                    words.update(
                        WORD.findall(
                            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
                        )
                    )
    return words


def visible(page: str) -> list[str]:
    """The texts of a page that a person sees or hears, unless the page says that they are in another language."""
    found = []

    def look(element) -> None:
        if not isinstance(element.tag, str) or element.tag in SKIPPED or element.get("lang", LANGUAGE) != LANGUAGE:
            return
        found.extend(
            element.get(name)
            for name in ("aria-label", "title", "alt", "placeholder", "data-label")
            if element.get(name)
        )
        texts = (element.text, *(child.tail for child in element))
        found.extend(text for text in texts if text and text.strip())
        for child in element:
            look(child)

    look(parsed(page))
    return found


def untranslated(text: str) -> str:
    """`text` without its translated parts, which may be nested, or continue before or after a link."""
    text = re.sub(r"^[^⟦]*⟧", " ", re.sub(r"⟦[^⟧]*$", " ", text))
    while "⟦" in text:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        if shorter == text:
            return text
        text = shorter
    return text


@pytest.mark.takes(60, "It walks through the demonstration as everybody, in another language.")
def test_every_text_on_every_page_can_be_translated(demonstration_file, folder):
    catalogues.write_pseudo(folder / "translations", LANGUAGE)
    copy = shutil.copy(demonstration_file, folder / "words.db")
    app = create_app(
        demonstration_settings(
            f"sqlite:///{copy}", folder, LANGUAGES=LANGUAGE, TRANSLATIONS=str(folder / "translations")
        )
    )
    app.test_client_class = Client
    app.login_manager.session_protection = None
    with app.app_context():
        known = typed_words() | calendar_words() | names_of_registers() | NAMES
        db.session.remove()
    missed = set()
    for client in everybody(app).values():
        for visit in walk(app, client, each=2):
            if visit.response.mimetype != "text/html" or visit.response.status_code >= 300:
                continue
            for text in visible(visit.response.text):
                if strange := [word for word in WORD.findall(untranslated(text)) if word not in known]:
                    missed.add((visit.endpoint, " ".join(text.split())[:100], strange[0]))
    assert not missed, "\n".join(map(str, sorted(missed)))
