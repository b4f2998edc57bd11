"""The Flask side of the kernel: gate, transaction, forms, display, errors. No domain words here either."""

from flask import Flask

from civtech.web import (
    addresses,
    contact,
    display,
    errors,
    headers,
    health,
    idempotency,
    logs,
    origin,
    seen,
    transaction,
    translation,
    unsent,
)


def init(app: Flask) -> None:
    """Set up the kernel around the application. What is registered first runs first."""
    logs.init(app)
    headers.init(app)
    addresses.init(app)
    origin.init(app)
    transaction.init(app)
    idempotency.init(app)
    translation.init(app)
    display.init(app)
    seen.init(app)
    unsent.init(app)
    errors.init(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(contact.bp)
