"""What templates may leave out: optional parameters of components, but never a name, a noun's column or a state."""

from flask import Flask
from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, UndefinedError
from jinja2.utils import missing

from civtech.core.db import Model
from civtech.core.state import Kind


class ForgivingOfParameters(StrictUndefined):
    """Strict about names, nouns and states. A mapping, plain object or macro call may lack optional values."""

    def __new__(  # type: ignore[misc]
        cls,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> Undefined:
        """Return an ordinary undefined value for a missing optional parameter, and a strict one for anything else."""
        if isinstance(obj, Model | Kind) or (obj is missing and name != "caller"):
            return super().__new__(cls)
        return Undefined(hint, obj, name, exc)


def init(app: Flask) -> None:
    """Use it. The GOV.UK macros compare with `undefined` and `null`, which Jinja does not define."""
    app.jinja_env.undefined = ForgivingOfParameters
    app.jinja_env.globals.update(undefined=Undefined(), null=None)
