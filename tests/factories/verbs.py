"""Tests make things as the product does, with its own verbs: one that starts the thing and others that follow."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from factory.alchemy import SQLAlchemyModelFactory, SQLAlchemyOptions
from factory.base import OptionDefault
from factory.builder import BuildStep
from factory.declarations import PostGenerationContext, PostGenerationDeclaration

from civtech.core.db import Model, db

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""The instant of most tests, a Monday morning."""
DAY = timedelta(days=1)


class VerbOptions(SQLAlchemyOptions):
    """Options for a factory's `class Meta`: `verb` is the name of the class method that starts the thing."""

    def _build_default_options(self) -> list[OptionDefault]:
        return [*super()._build_default_options(), OptionDefault("verb", None, inherit=True)]


class VerbFactory(SQLAlchemyModelFactory):
    """Calls a verb of the model with the declared arguments, so rules are checked and events recorded.

    `at` is when. Values in `class Params` are not passed to the verb, but `Then` can read them.
    """

    _options_class = VerbOptions

    class Meta:
        abstract = True
        sqlalchemy_session = db.session
        sqlalchemy_session_persistence = "flush"

    at = NOW

    @classmethod
    def _save(cls, model_class: type[Model], session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        made = getattr(model_class, cls._meta.verb)(*args, **kwargs)
        session.flush()
        return made


class Then(PostGenerationDeclaration):
    """A following verb, for a trait. `act` gets the thing made and the arguments of the factory."""

    def __init__(self, act: Callable[[Any, Any], object]) -> None:
        super().__init__()
        self.act = act

    def call(self, instance: Model, step: BuildStep, context: PostGenerationContext) -> None:
        self.act(instance, step.stub)
        db.session.flush()
