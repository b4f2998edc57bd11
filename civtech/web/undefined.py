"""What a template may leave out: the optional parameters of components, never a name, a column of a noun or a state."""

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined, Undefined
from jinja2.utils import missing

from civtech.core.db import Model
from civtech.core.state import Kind


class ForgivingOfParameters(StrictUndefined):
    """Strict about names, nouns and states; a mapping, a plain object or a macro's call may lack what is optional."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, name: str | None = None, *rest: Any) -> Undefined:  # type: ignore[misc]
        """An ordinary undefined value for a missing optional parameter, a strict one for everything else."""
        if isinstance(obj, Model | Kind) or (obj is missing and name != "caller"):
            return super().__new__(cls)
        return Undefined(hint, obj, name, *rest)


def init(app: Flask) -> None:
    """Use it; the GOV.UK macros compare with `undefined` and `null`, which are no words of Jinja."""
    app.jinja_env.undefined = ForgivingOfParameters
    app.jinja_env.globals.update(undefined=Undefined(), null=None)
