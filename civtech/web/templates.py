"""Templates, compiled once for each language: a text that stands in one is translated then, not at every use.

{{ _("Skip to main content") }}                       becomes plain text of the page
{{ _("Signed in as %(name)s", name=person.name) }}    only fills in the name
"""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from civtech.web.translation import language

NAMES = frozenset({"_", "gettext"})


class Imported(Template):
    """A template whose macros are made once. None of ours hands its own globals to what it imports."""

    def _get_default_module(self, _importing: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Translating(Environment):
    """The environment of Flask, with an overlay for each language. Only overlays compile templates."""

    template_class = Imported

    def __init__(self, app: Flask, **options: object) -> None:
        super().__init__(app, **options)
        self._spoken: dict[str, Translating] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name for it
    ) -> Template:
        """The template in the reader's language."""
        if self.overlayed:
            return super().get_template(name, parent, globals)
        return self._in_language().get_template(name, parent, globals)

    def _in_language(self) -> "Translating":
        code = str(language().locale)
        if code not in self._spoken:
            self._spoken[code] = self.overlay()
        return self._spoken[code]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.overlayed:
            _Translator(marked=nodes.EvalContext(self, name).autoescape).visit(template)
        return template


class _Translator(NodeTransformer):
    """Replaces calls of `_` with a fixed text by what they return, or by the filling in of their values."""

    def __init__(self, *, marked: bool) -> None:
        self._mark = Markup if marked else str

    def visit_Call(self, call: nodes.Call) -> nodes.Node:  # noqa: N802 - the name that the visitor looks for
        self.generic_visit(call)
        match call:
            case nodes.Call(
                node=nodes.Name(name=name), args=[nodes.Const(value=str(message))], dyn_args=None, dyn_kwargs=None
            ) if name in NAMES:
                return self._filled(message, call)
        return call

    def _filled(self, message: str, call: nodes.Call) -> nodes.Node:
        text = self._mark(language().catalogue.ugettext(message))
        if not call.kwargs:
            return nodes.Const(text % {}, lineno=call.lineno)
        pairs = [nodes.Pair(nodes.Const(given.key), given.value) for given in call.kwargs]
        return nodes.Mod(nodes.Const(text), nodes.Dict(pairs), lineno=call.lineno)
