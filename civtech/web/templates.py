"""Templates, compiled once for each language. Their fixed texts are translated then, not each time a page is shown.

{{ _("Skip to main content") }}                       becomes plain text of the page
{{ _("Signed in as %(name)s", name=person.name) }}    only fills in the name
"""

import hashlib
from collections.abc import MutableMapping
from typing import Any

import jinja2
from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from civtech.web.translation import Language, language

NAMES = frozenset({"_", "gettext"})


class Imported(Template):
    """A template whose macros are made once. None of ours hands its own globals to what it imports."""

    def _get_default_module(self, _importing: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class Translating(Environment):
    """The environment of Flask, with an overlay for each language, which loads and compiles the templates."""

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
            spoken = self.overlay()
            if self.bytecode_cache is not None:
                spoken.bytecode_cache = _InLanguage(self.bytecode_cache, language())
            self._spoken[code] = spoken
        return self._spoken[code]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.overlayed:
            _Translator(marked=nodes.EvalContext(self, name).autoescape).visit(template)
        return template


class _InLanguage(BytecodeCache):
    """Compiled templates on disk, kept separately for each language and each version of its catalogue."""

    def __init__(self, kept: BytecodeCache, spoken: Language) -> None:
        self._kept, self._code = kept, str(spoken.locale)
        texts = getattr(spoken.catalogue, "_catalog", {})
        self._digest = hashlib.sha256(repr(sorted(texts.items(), key=repr)).encode()).hexdigest()

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Where the compiled template is, or will be."""
        return self._kept.get_bucket(environment, f"{name} {self._code}", filename, source + self._digest)

    def load_bytecode(self, bucket: Bucket) -> None:
        self._kept.load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept.dump_bytecode(bucket)


class _Translator(NodeTransformer):
    """Replaces each call of `_` with a fixed text by the translation, with any values filled in later."""

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
