"""The judging queue of a judge."""

from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue

from civtech.core.db import db
from civtech.core.text import N_
from civtech.judging import policy, queries
from civtech.judging.views.finders import bp
from civtech.web.actor import actor
from civtech.web.gate import permit
from civtech.web.pagination import PAGE, page_of


@bp.get("/judging")
@permit(policy.see_queue, act=N_("View the proposals you were asked to judge"))
def queue() -> ResponseReturnValue:
    after = request.args.get("after")
    rows = db.session.execute(queries.queue(actor(), after, PAGE + 1)).all()
    page = page_of([row for row in rows if row.shown], lambda row: row.reference, is_first=after is None)
    return render_template(
        "judging/queue.html",
        page=page,
        panels=[list(group) for _panel, group in groupby(page.rows, key=lambda row: row.panel_id)],
        done=rows[0].done if rows else 0,
        total=rows[0].total if rows else 0,
        following=next((row for row in rows if row.follows), None),
    )
