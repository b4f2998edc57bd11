"""What our pages are compared with: a Flask page of the same size, and a Flask form that inserts one row."""

from collections.abc import Callable
from functools import partial

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def bare_page(size: int) -> Callable[[], object]:
    """Asks for a page of `size` bytes from an application that has no other."""
    app = Flask("bare")
    body = "x" * size
    app.add_url_rule("/", view_func=lambda: body)
    return partial(app.test_client().get, "/")


def bare_insert(url: str) -> Callable[[], object]:
    """Sends a form to an application whose only view inserts one row, commits it to the disk and redirects."""

    class Base(DeclarativeBase):
        pass

    class Row(Base):
        __tablename__ = "bare_row"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str]

    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    database = SQLAlchemy(app, model_class=Base)

    @app.post("/")
    def insert() -> tuple[str, int, dict[str, str]]:
        database.session.add(Row(text="x" * 2000))
        database.session.commit()
        return "", 302, {"Location": "/"}

    with app.app_context():
        if database.engine.dialect.name == "sqlite":

            @event.listens_for(database.engine, "connect")
            def _lasting(connection: object, _record: object) -> None:
                for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                    connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

        database.create_all()
    return partial(app.test_client().post, "/", data={"text": "x" * 2000})
