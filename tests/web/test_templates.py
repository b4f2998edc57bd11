"""Templates are compiled for a language, with their fixed texts in it."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from jinja2 import DictLoader, FileSystemBytecodeCache

from civtech import create_app
from civtech.web import catalogues
from civtech.web.templates import Translating
from civtech.web.translation import gettext, in_language
from tests.support.client import settings_for

PAGES = {
    "frame.html": """{{ _("Menu") }}|{% block body %}{% endblock %}""",
    "page.html": """{% extends "frame.html" %}{% from "part.html" import part %}{% block body %}
{{- _("Signed in as %(name)s", name=name) }}|{{ part(name) }}|{{ ngettext("%(num)s team", "%(num)s teams", 2) }}
{%- endblock %}""",
    "part.html": """{% macro part(name) %}<b title="{{ _("Menu") }}">{{ name }}</b>{% endmacro %}""",
    "mail.txt": """{{ _("Signed in as %(name)s", name=name) }}""",
}
HOSTILE = "<i>&%s %(x)s ⟦"


def app_in(folder: Path) -> Flask:
    """An application that has the pseudo-language as well, with the templates above."""
    app = create_app(
        settings_for(f"sqlite:///{folder}/templates.db", folder, TRANSLATIONS=str(folder / "translations"))
    )
    app.jinja_env.loader = DictLoader(PAGES)
    return app


@pytest.fixture(scope="module")
def place(folder: Path) -> Path:
    """A folder with a catalogue of the pseudo-language."""
    catalogues.write_pseudo(folder / "speaking" / "translations", "eo")
    return folder / "speaking"


@pytest.fixture(scope="module")
def speaking(place: Path) -> Flask:
    return app_in(place)


def test_a_text_is_in_the_language_of_each_reader_and_values_are_escaped(speaking: Flask) -> None:
    with speaking.test_request_context():
        for _ in range(2):
            english = render_template("page.html", name=HOSTILE)
            assert english.startswith('Menu|Signed in as &lt;i&gt;&amp;%s %(x)s ⟦|<b title="Menu">&lt;i&gt;')
            assert english.endswith("|2 teams")


def test_a_mail_is_not_escaped(speaking: Flask) -> None:
    with speaking.test_request_context():
        assert render_template("mail.txt", name=HOSTILE) == f"Signed in as {HOSTILE}"


def test_fixed_texts_are_in_the_compiled_template(speaking: Flask) -> None:
    with speaking.test_request_context():
        frame = speaking.jinja_env.get_template("frame.html")
        assert isinstance(frame.environment, Translating)
        assert frame.environment.overlayed
        assert any("Menu" in str(constant) for constant in frame.root_render_func.__code__.co_consts)


def test_one_language_never_gets_what_was_compiled_for_another(place: Path, tmp_path: Path) -> None:
    seen: dict[str, set[str]] = {"en_GB": set(), "eo": set()}
    app = app_in(place)
    for code in ("en_GB", "eo", "en_GB", "eo"):
        app.jinja_env = app.create_jinja_environment()
        app.jinja_env.globals["_"] = gettext
        app.jinja_env.loader = DictLoader({"frame.html": PAGES["frame.html"]})
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(tmp_path))
        with app.test_request_context(), in_language(code):
            seen[code].add(render_template("frame.html"))
    assert seen == {"en_GB": {"Menu|"}, "eo": {"⟦Méñú⟧|"}}
    assert len(list(tmp_path.iterdir())) == 2
