"""Is the service alive, and is it ready? For load balancers: reveals nothing about the programme."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from civtech.core.db import db, wait_at_most
from civtech.core.text import N_
from civtech.web.gate import public

READY_WITHIN = 2.0  # seconds; load balancers ask often and do not wait long

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public("Shows that the process is running.", act=N_("Check that the service is running"))
def alive() -> ResponseReturnValue:
    return jsonify(status="alive")


@bp.get("/readyz")
@public("Shows that the database is answering.", act=N_("Check that the service is ready to respond"))
def ready() -> ResponseReturnValue:
    wait_at_most(READY_WITHIN)
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="not ready", database="away"), 503
    return jsonify(status="ready", database="answers")
