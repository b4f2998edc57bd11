"""What templates may leave out: optional parameters of components, but never a name, a noun's column or a state."""

from typing import Any

from flask import Flask
from jinja2 import StrictUndefined, Undefined
from jinja2.utils import missing

from civtech.core.db import Model
from civtech.core.state import Kind


class ForgivingOfParameters(StrictUndefined):
    """Strict about names, nouns and states. A mapping, plain object or macro call may lack optional values."""

    def __new__(cls, hint: str | None = None, obj: Any = missing, name: str | None = None, *rest: Any) -> Undefined:  # type: ignore[misc]
        """Return an ordinary undefined value for a missing optional parameter, and a strict one for anything else."""
        if isinstance(obj, Model | Kind) or (obj is missing and name != "caller"):
            return super().__new__(cls)
        return Undefined(hint, obj, name, *rest)


def init(app: Flask) -> None:
    """Use it. The GOV.UK macros compare with `undefined` and `null`, which Jinja does not define."""
    app.jinja_env.undefined = ForgivingOfParameters
    app.jinja_env.globals.update(undefined=Undefined(), null=None)
