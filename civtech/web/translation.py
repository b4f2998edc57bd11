"""Texts and values in the reader's language. Language and catalogue are looked up once a request, then kept in `g`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, g
from flask_babel import LazyString, force_locale, get_locale, get_translations  # noqa: TID251 - used once, here
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from civtech.core.text import Text

Label: TypeAlias = str | LazyString
"""A label, hint or message of a form: in the reader's language, or translated when it is shown."""


@dataclass(frozen=True)
class Language:
    """A language with its catalogue of texts. Outside the application there is neither."""

    locale: Locale | None = None
    catalogue: Translations | NullTranslations = field(default_factory=NullTranslations)


@lru_cache(maxsize=256)
def chosen(accepted: str, offered: tuple[str, ...]) -> str:
    """The language to use for an Accept-Language header: the best of those offered, or the first."""
    return parse_accept_header(accepted, LanguageAccept).best_match(offered) or offered[0]


def language() -> Language:
    """The reader's language."""
    try:
        spoken: Language | None = g.get("language")
    except RuntimeError:
        return Language()
    if spoken is None:
        spoken = g.language = Language(get_locale(), get_translations())
    return spoken


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Use this language inside the block, whatever the reader's language is."""
    before = g.pop("language", None)
    try:
        with force_locale(code):
            yield
    finally:
        g.pop("language", None)
        if before is not None:
            g.language = before


def gettext(message: str, /, **variables: object) -> str:
    """`message` in the reader's language."""
    text: str = language().catalogue.ugettext(message)
    return text % variables if variables else text


def ngettext(singular: str, plural: str, number: int, /, **variables: object) -> str:
    """The form of a message for `number` things, in the reader's language. The message can use `num`."""
    text: str = language().catalogue.ungettext(singular, plural, number)
    return text % {"num": number, **variables}


def lazy_gettext(message: str, /, **variables: object) -> LazyString:
    """`message` in the reader's language, which is looked up when the message is shown."""
    return LazyString(gettext, message, **variables)


def translated(text: Text | Label) -> str:
    """`text` in the reader's language. Strings, including lazy ones, are returned unchanged."""
    if not isinstance(text, Text):
        return str(text)
    parameters = {
        name: translated(value) if isinstance(value, Text) else value for name, value in text.parameters.items()
    }
    return gettext(text.message, **parameters)


@pass_eval_context
def _in_template(context: EvalContext, message: str, /, **variables: object) -> str:
    text: str = language().catalogue.ugettext(message)
    return (Markup(text) if context.autoescape else text) % variables  # noqa: S704 - variables are escaped


@pass_eval_context
def _number_in_template(context: EvalContext, singular: str, plural: str, number: int, /, **variables: object) -> str:
    text: str = language().catalogue.ungettext(singular, plural, number)
    return (Markup(text) if context.autoescape else text) % {"num": number, **variables}  # noqa: S704 - the same


def init(app: Flask) -> None:
    """Let templates translate without looking up the language at every text."""
    app.jinja_env.globals |= {"_": _in_template, "gettext": _in_template, "ngettext": _number_in_template}
